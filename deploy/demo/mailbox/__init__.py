"""The demo's mailbox: takes every mail over SMTP, delivers none, and shows each as its reader sees it."""

from deploy.demo.mailbox.pages import mailbox_app
from deploy.demo.mailbox.post import Mail, Mailbox
from deploy.demo.mailbox.sink import receive_mail

__all__ = ["Mail", "Mailbox", "mailbox_app", "receive_mail"]
