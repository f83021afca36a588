"""The command palette: Textual's own, that also finds commands by what they do, and bears keys before it is filled."""

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.widgets import OptionList

BY_MEANING = 0.5  # of a match in the name


class Commands(Provider):
    """Every command of the app, with its key."""

    async def discover(self) -> Hits:
        for name, meaning, callback, discover in sorted(self.app.get_system_commands(self.screen)):
            if discover:
                yield DiscoveryHit(name, callback, help=meaning)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for name, meaning, callback, *_ in self.app.get_system_commands(self.screen):
            score = max(matcher.match(name), BY_MEANING * matcher.match(meaning))
            if score > 0:
                yield Hit(score, matcher.highlight(name), callback, help=meaning)


class Palette(CommandPalette):
    """Bears a page key before its list has been filled, which would end the program."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "command_list" or any(
            commands.option_count > 0 and commands.size.height > 0 for commands in self.query(OptionList)
        )
