"""The commands that fill the catalogue and keep it right: seed, demo, rebuild, layers, check."""

import time
from pathlib import Path
from typing import Annotated

import typer

from catalogue import municipalities, sites
from catalogue.administration import adjustments
from catalogue.administration.soundness import look_over
from catalogue.database import OPERATOR, act_as, as_owner, tidy_listings
from catalogue.hours.hours import plan_of
from catalogue.maps.reference_layers import replace_layer
from catalogue.progress import counted_versions
from catalogue.rules import rules_of
from catalogue.settings import Settings
from geo.layer_files import read_layer
from geo.layers import LayerKind
from seed.base import is_seeded, seed_base
from seed.bulk import add_sites_side_by_side
from seed.demo import seed_demo

layers = typer.Typer(no_args_is_help=True, help="Replace reference layers.")


def seed() -> None:
    """Fill a new installation, with examples if wanted."""
    settings = Settings()
    with as_owner(settings) as session:
        present = adjustments.present(session, settings)
        rules = rules_of(present)
        if not is_seeded(session, settings.county):
            seed_base(session, settings.county, rules)
        if settings.demo:
            plan = plan_of(present)
            seed_demo(session, settings.county, rules, settings.data, typer.echo, plan=plan)


def demo(
    number: Annotated[int, typer.Option("--sites", min=1, help="How many example sites to add")],
    seed: Annotated[int, typer.Option(min=0, help="The same number gives the same sites")] = 1,
) -> None:
    """Add example sites in bulk, to try a catalogue of that size."""
    settings = Settings()
    began = time.monotonic()

    def tell(done: int) -> None:
        typer.echo(f"\r{done} of {number} sites", nl=False)

    with as_owner(settings) as session:
        rules = rules_of(adjustments.present(session, settings))
    add_sites_side_by_side(settings, number, seed, rules, tell)
    tidy_listings(settings)
    seconds = time.monotonic() - began
    typer.echo(f"\r{number} sites in {seconds:.1f} s, {number / seconds:.0f} a second")


def rebuild() -> None:
    """List every site anew, and count what versions add to figures.

    Both are made from what is saved, and come out the same when nothing is wrong.
    """
    settings = Settings()
    with as_owner(settings) as session:
        rules = rules_of(adjustments.present(session, settings))
        count = sites.rebuild(session, rules)
        profiles = [municipalities.find(session, code) for code in municipalities.names(session)]
        municipalities.write_listing(session, profiles, rules.shelf_life)
        counted_versions.remove_old(session)
        versions = counted_versions.count_missing(session)
    tidy_listings(settings)
    typer.echo(f"{count} sites and {len(profiles)} municipalities listed anew.")
    typer.echo(f"{versions} versions counted for the figures of progress.")


def check(
    seal: Annotated[
        str,
        typer.Option(help="A snapshot's seal, noted elsewhere: is all up to it as it was then?"),
    ] = "",
) -> None:
    """Tell whether this installation is sound.

    The exit status is 1 when it is not.
    """
    tell_findings(Settings(), seal)


def tell_findings(settings: Settings, seal: str = "") -> None:
    """A line for each; exit status 1 when one is not as it should be."""
    findings = look_over(settings, seal)
    width = max(len(finding.name.en) for finding in findings)
    for finding in findings:
        mark = "ok   " if finding.is_sound else "WRONG"
        typer.echo(f"{mark}  {finding.name.en:<{width}}  {finding.said.en}")
    if not all(finding.is_sound for finding in findings):
        raise typer.Exit(1)


@layers.command("import")
def import_layer(
    file: Annotated[Path, typer.Argument(help="GeoPackage, Shapefile, GeoJSON, KML, GML or DXF")],
    kind: Annotated[LayerKind, typer.Option(help="Which layer the file replaces")],
) -> None:
    """Replace a reference layer with a file's features and measure every site anew."""
    settings = Settings()
    features = read_layer(file, kind)
    with as_owner(settings) as session:
        rules = rules_of(adjustments.present(session, settings))
        act_as(session, OPERATOR, f"Referenslagret {kind} utbytt")
        count = replace_layer(session, kind, features)
        altered = sites.recompute(session, sites.of_municipality(session, None), rules)
        sites.rebuild(session, rules)
    typer.echo(f"{count} features in {kind}; {altered} sites measured differently.")
