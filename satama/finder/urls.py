from django.urls import path

from . import views

page = "<slug:region>/<str:language>/"

urlpatterns = [
    path(page, views.home, name="home"),
    path(page + "find", views.find, name="find"),
    path(page + "suggest", views.suggest, name="suggest"),
    path(page + "likely", views.likely, name="likely"),
    path(page + "opened/<int:row>", views.opened, name="opened"),
]
