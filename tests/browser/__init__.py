"""Pages in a real browser: keyboard, phone, contrast, without JavaScript."""
