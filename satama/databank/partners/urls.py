"""Addresses under /<region>/<language>/partner."""

from django.urls import path

from . import views

page = "<slug:region>/<str:language>/partner"
entry = f"{page}/entries/<slug:slug>"
organisation = f"{page}/organisations/<slug:slug>"

urlpatterns = [
    path("partner", views.lead, name="partner"),
    path(page, views.home, name="partner_home"),
    path(f"{page}/mails", views.mails, name="partner_mails"),
    path(entry, views.edit, name="partner_edit"),
    path(f"{entry}/look", views.look, name="partner_look"),
    path(f"{entry}/end", views.end, name="partner_end"),
    path(f"{entry}/true", views.true, name="partner_true"),
    path(f"{organisation}/new", views.new, name="partner_new"),
    path(f"{organisation}/true", views.all_true, name="partner_all_true"),
    path(f"{organisation}/people", views.people, name="partner_people"),
    path(f"{organisation}/people/<int:member>/leave", views.leave, name="partner_leave"),
]
