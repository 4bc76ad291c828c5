"""How two things of the graph are tied: the shortest telling ways between them.

A way is telling when what stands in between says something of its two ends. Two firms of one city are tied by the
city, and nobody learns anything: such hubs never stand in between (`hubs`), and a thing with many ties costs more to
pass than one with few (`Web.toll`). The browser counts with the same whole numbers (viz/static/path.js).
"""

from kg.linkage.ranking import nearest, paths
from kg.linkage.web import STEP, Link, Path, Web, hubs, toll

__all__ = ["STEP", "Link", "Path", "Web", "hubs", "nearest", "paths", "toll"]
