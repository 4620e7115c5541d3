"""Wagtail's workflow for entries: one step, released by an editor of the region."""

from typing import Any

from django.db import migrations

NAME = "Release"


def make(apps: Any, _editor: Any) -> None:
    def content_type(name: str) -> Any:
        types = apps.get_model("contenttypes", "ContentType").objects
        return types.get_or_create(app_label="databank", model=name)[0]

    wagtail = lambda name: apps.get_model("wagtailcore", name).objects  # noqa: E731
    step = apps.get_model("databank", "Release").objects.create(
        name=NAME, content_type=content_type("release")
    )
    workflow = wagtail("Workflow").create(name=NAME)
    wagtail("WorkflowTask").create(workflow=workflow, task_id=step.pk, sort_order=0)
    wagtail("WorkflowContentType").create(workflow=workflow, content_type=content_type("entry"))


def unmake(apps: Any, _editor: Any) -> None:
    apps.get_model("wagtailcore", "Workflow").objects.filter(
        workflow_tasks__task__content_type__model="release"
    ).delete()
    apps.get_model("databank", "Release").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("databank", "0002_rules"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make, unmake)]
