"""Form fields of stations."""

from stations.forms.questions import QuestionsField

__all__ = ["QuestionsField"]
