"""Progress frozen at the end of a period: kept whole, chained, compared, never changed."""
