"""How long loading and page reruns take, against yardsticks in the same run. Run with ``make bench``."""
