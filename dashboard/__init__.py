"""Beyond the Protocol: where everyday practice differs from what is written, and what it means for safety."""
