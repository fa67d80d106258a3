"""The whole pipeline on a tiny corpus."""
