"""Which thing a name means: exact, alias, English, pinyin, initials, part of a name, or a near miss."""

from kg.names.finding import REASONS, Hit, find, fold, index_of
from kg.names.resolving import CERTAIN, resolve, resolve_word

__all__ = ["CERTAIN", "REASONS", "Hit", "find", "fold", "index_of", "resolve", "resolve_word"]
