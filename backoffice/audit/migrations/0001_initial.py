"""The tables of the audit trail, and the triggers that guard them."""

from django.db import migrations, models

from backoffice.audit import guards


def install_guards(apps, schema_editor):
    """Put the triggers in place."""
    guards.install(schema_editor.connection)


def remove_guards(apps, schema_editor):
    """Take the triggers away, before their tables go."""
    guards.remove(schema_editor.connection)


class Migration(migrations.Migration):
    """The first."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("chain", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("hash", models.CharField(default="0" * 64, max_length=64)),
                ("seal", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("chain", models.CharField(max_length=40, verbose_name="chain")),
                ("sequence", models.PositiveBigIntegerField(verbose_name="sequence number")),
                ("at", models.DateTimeField(db_index=True, verbose_name="at")),
                ("account_id", models.BigIntegerField(null=True, verbose_name="account")),
                ("person_id", models.BigIntegerField(null=True, verbose_name="person")),
                ("act", models.CharField(max_length=40, verbose_name="act")),
                (
                    "ref",
                    models.CharField(
                        blank=True, db_index=True, max_length=81, verbose_name="about"
                    ),
                ),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="digest")),
                ("facts", models.JSONField(default=dict, verbose_name="facts")),
                ("previous", models.CharField(max_length=64, verbose_name="previous hash")),
                ("hash", models.CharField(max_length=64, verbose_name="hash")),
            ],
            options={
                "verbose_name": "audit entry",
                "verbose_name_plural": "audit entries",
                "ordering": ["chain", "sequence"],
                "permissions": [("export_auditentry", "Can export the audit trail")],
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("chain", "sequence"), name="audit_entry_has_its_place"
                    )
                ],
            },
        ),
        migrations.RunPython(install_guards, remove_guards),
    ]
