"""What an administrator looks after: settings, lists, people's standing, jobs, soundness."""
