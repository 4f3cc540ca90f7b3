"""One name found in a text, with what the words around it say: shared by both scripts."""

from dataclasses import dataclass

from api.places.names import Meanings


@dataclass(slots=True)
class Mention:
    """`start` and `end` count characters of the straightened text."""

    start: int
    end: int
    names: Meanings
    english: bool
    # "in Shenzhen", "Shenzhen's", 在深圳, or a text that is nothing but an address.
    inside: bool = False
    # Part of a firm's name; an origin (四川籍, from Sichuan); part of a longer name (Wuhan Port).
    firm: bool = False
    origin: bool = False
    partial: bool = False
    # Says whose people or money it is (四川籍, Shanghai-listed): no evidence at all.
    elsewhere: bool = False
    # English: a capitalised word stands before it (Li Ning); the text's case tells nothing; an
    # apostrophe shows the syllables (De'an).
    after_name: bool = False
    uncased: bool = False
    exact: bool = False
    # Chinese: the phrase ends here.
    ends: bool = False
    # Stands next to the place above it or below it; the lower of the two.
    linked: bool = False

    @property
    def weak(self) -> bool:
        """Whether other evidence comes first."""
        return self.firm or self.origin or self.partial
