"""The picture of one thing and what is around it: places computed here, drawn by pyvis or by the site's own script."""

from kg.draw.ego.blocks import GRID, MOST, MOST_TWO, STATES, Block, blocks
from kg.draw.ego.boxes import Box, Line, Picture, one_step, two_steps
from kg.draw.ego.page import ego_page

__all__ = [
    "GRID",
    "MOST",
    "MOST_TWO",
    "STATES",
    "Block",
    "Box",
    "Line",
    "Picture",
    "blocks",
    "ego_page",
    "one_step",
    "two_steps",
]
