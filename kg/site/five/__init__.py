"""The five maps and five lists (五图五清单) that a chain leader's office asks for, each described in viz/pages.toml."""
