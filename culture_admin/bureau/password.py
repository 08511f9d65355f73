"""One's own password, changed by the verb of accounts."""

from __future__ import annotations

from unfold.forms import AdminOwnPasswordChangeForm

from culture_admin.accounts.actions import set_password


class OwnPasswordForm(AdminOwnPasswordChangeForm):
    def save(self, commit=True):
        return set_password(actor=self.user, user=self.user, password=self.cleaned_data["new_password1"])
