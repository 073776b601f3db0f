"""The project's settings as the project office reads them: what holds, and what held before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalogue.administration.adjustments import OF_THE_PROJECT, SettingChange
from catalogue.settings import Settings
from frontend.admin.setting_words import GROUPS, WORDS, SettingWords
from frontend.admin.settings import shown
from frontend.rendering import Page, render
from geo.texts import Text

SETTINGS_PATH = "/progress/settings"


@dataclass(frozen=True, kw_only=True)
class InForce:
    """One setting, and the change that made it what it is, where one did."""

    name: str
    words: SettingWords
    text: str
    change: SettingChange | None


def project_settings_page(
    page: Page,
    settings: Settings,
    latest: Mapping[str, SettingChange],
    history: Sequence[SettingChange],
) -> str:
    groups: list[tuple[Text, list[InForce]]] = [
        (
            group.title,
            [
                InForce(
                    name=name,
                    words=WORDS[name],
                    text=shown(name, getattr(settings, name), page.language),
                    change=latest.get(name),
                )
                for name in group.names
                if name in OF_THE_PROJECT
            ],
        )
        for group in GROUPS
    ]
    return render(
        "progress/settings.html",
        page,
        groups=[(title, rows) for title, rows in groups if rows],
        history=[
            (
                one,
                WORDS[one.name].label,
                *(shown(one.name, value, page.language) for value in (one.before, one.after)),
            )
            for one in history
        ],
        is_admin=page.account is not None and page.account.role == "admin",
    )
