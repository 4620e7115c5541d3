from django.urls import path

from .changes import views as changes
from .outreach import views as outreach
from .places import views as places
from .views import ask, feedback, folder, handed, notices, thread

page = "<slug:region>/<str:language>/"

urlpatterns = [
    path("o/<slug:code>", outreach.came, name="came"),
    path("o/<slug:code>/<str:language>", outreach.came, name="came_in"),
    path(page + "office", places.office, name="office"),
    path(page + "ask", ask.ask, name="ask"),
    path(page + "ask/danger.json", ask.signs, name="danger"),
    path(page + "ask/sent/<str:receipt>", ask.sent, name="sent"),
    path(page + "feedback", feedback.feedback, name="feedback"),
    path(page + "feedback/changes", changes.changes, name="changes"),
    path(page + "folder", folder.folder, name="folder"),
    path(page + "folder/new", folder.new, name="new-folder"),
    path(page + "folder/code", folder.code, name="folder-code"),
    path(page + "folder/close", folder.close, name="close-folder"),
    path(page + "folder/erase", folder.erase, name="erase-folder"),
    path(page + "folder/notices", notices.notices, name="notices"),
    path(page + "folder/notices/<str:token>", notices.prove, name="prove-address"),
    path(page + "folder/threads/<int:number>", thread.thread, name="thread"),
    path(page + "folder/threads/<int:number>/hand-over", thread.consent, name="consent"),
    path(page + "handed/<str:token>", handed.handed, name="handed"),
]
