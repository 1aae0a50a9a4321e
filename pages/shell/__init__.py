"""What all pages share: router, navigation, URL state, controls, cached data, the exhibit."""
