"""Values and habits every room shares: dates, citations, findings, checked files, places."""
