"""The board's decision: written into the register, with the manifest that proves it."""
