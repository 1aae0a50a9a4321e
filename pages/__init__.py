"""One script per page; what they share is in the sub-package ``shell``."""
