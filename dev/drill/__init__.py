"""Real faults on real processes, and what they lose or double."""
