"""What the services share: contracts and plumbing. It never imports a service and knows no business meaning."""
