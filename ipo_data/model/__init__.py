"""Records: what a seed file may say, validated and immutable."""
