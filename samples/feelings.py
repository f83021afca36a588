"""Sentences and how they feel, made by rules: what decides is a negation, or which of two clauses has the last word.

Each word is in as many positive sentences as in negative ones, so that counting words tells nothing. A statement is
turned round by "not", "never" or "hardly", or left as it is; of two clauses that disagree, "but" and "yet" let the
second decide, "although" the other one. Clauses come back in many sentences, so that none can be known by its
beginning. Made for this program.
"""

from collections.abc import Iterator

from .chance import Chance, distinct

COUNT, SEED = 4000, 1
POSITIVE, NEGATIVE = "positive", "negative"

# What can be said of a thing: its names, good words and as many bad ones.
THINGS = (
    (("soup", "bread", "tea"), ("tasty", "fresh", "lovely"), ("bland", "stale", "awful")),
    (("room", "hotel", "garden"), ("clean", "quiet", "lovely"), ("dirty", "noisy", "awful")),
    (("film", "book", "song"), ("funny", "clever", "lovely"), ("boring", "silly", "awful")),
    (("trip", "walk", "party"), ("pleasant", "funny", "lovely"), ("tiring", "boring", "awful")),
)
AS_IT_IS, TURNED = ("was", "was really"), ("was not", "was hardly")
LIKED, DISLIKED = ("liked", "enjoyed"), ("hated", "disliked")
AS_THEY_DO, TURNED_AWAY = ("always", "really"), ("never", "hardly")
WHO = ("i", "we")


def make() -> list[tuple[str, str, str]]:
    """(label, sentence, what decides it), each sentence once."""
    return distinct(_sentences(Chance(SEED)), COUNT, key=lambda made: made[1])


def _sentences(chance: Chance) -> Iterator[tuple[str, str, str]]:
    while True:
        good = chance.yes()
        label = POSITIVE if good else NEGATIVE
        kind = chance.of(("negation", "contrast", "concession"))
        if kind == "negation":
            yield label, _clause(chance, good=good), kind
            continue
        decides, other = _clause(chance, good=good), _clause(chance, good=not good)
        if kind == "contrast":
            yield label, f"{other} {chance.of(('but', 'yet'))} {decides}", kind
        elif chance.yes():
            yield label, f"although {other}, {decides}", kind
        else:
            yield label, f"{decides}, although {other}", kind


def _clause(chance: Chance, *, good: bool) -> str:
    names, fine, poor = chance.of(THINGS)
    turned = chance.yes()
    if chance.yes():
        words = fine if good != turned else poor
        return f"the {chance.of(names)} {chance.of(TURNED if turned else AS_IT_IS)} {chance.of(words)}"
    verb = chance.of(LIKED if good != turned else DISLIKED)
    return f"{chance.of(WHO)} {chance.of(TURNED_AWAY if turned else AS_THEY_DO)} {verb} the {chance.of(names)}"
