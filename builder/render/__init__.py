"""Values become words and bytes: pages, feeds, charts, pictures and mails. Nothing here reads the disk or the clock."""
