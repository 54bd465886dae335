app_name = "contractors"

urlpatterns = []
