from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('implantation', '0007_clock_of_what_is_open'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_at__isnull', True), ('step', ''), ('time_left__isnull', True)), models.Q(('step__in', ['check', 'first_answer', 'tailored_answer', 'reply']), ('due_at__isnull', False), ('time_left__isnull', True)), models.Q(('step__in', ['check', 'first_answer', 'tailored_answer', 'reply']), ('due_at__isnull', True), ('time_left__isnull', False)), _connector='OR'), name='enquiry_clock'),
        ),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['settled', 'unsuccessful', 'withdrawn']), _negated=True), ('step__in', ['', 'reply']), _connector='OR'), name='enquiry_closed_owes_no_more_than_a_reply'),
        ),
    ]
