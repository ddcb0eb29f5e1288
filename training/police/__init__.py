"""Sentences on what police did or failed to do, by weights trained on half of a corpus."""
