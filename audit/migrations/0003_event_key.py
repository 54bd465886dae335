from django.db import migrations, models

from audit import triggers


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_guards")]
    operations = triggers.stepping_aside(
        migrations.AddField(
            model_name="event",
            name="key",
            field=models.UUIDField(
                help_text="같은 일을 두 번 하지 않도록 기기에서 만든 번호.",
                null=True,
                unique=True,
                verbose_name="요청 번호",
            ),
        ),
    )
