"""The trained weights, their cards, and what runs them."""
