"""Simulated logs with known truth, for scoring detectors. Filler words only; no platform is touched."""

from syncline.worlds.files import generate, simulate
from syncline.worlds.world import PRESETS, World, load_world

__all__ = ["PRESETS", "World", "generate", "load_world", "simulate"]
