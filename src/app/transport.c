/* A thin view of InstruPlayer; time flows from the player to the shared axis to the slider. */
#include "transport.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "widget-children.h"

struct _InstruTransport
{
  GtkWidget parent_instance;

  GtkButton *play_button;
  GtkLabel *position_label;
  GtkRange *position_scale;
  GtkLabel *duration_label;
  GtkScaleButton *volume_button;

  InstruPlayer *player;
  InstruTimeAxis *axis;
};

G_DEFINE_FINAL_TYPE (InstruTransport, instru_transport, GTK_TYPE_WIDGET)

/* "0:04.9", "1:02:03.4" */
static char *
format_position (double time_s)
{
  gint64 tenths = (gint64) (MAX (time_s, 0.0) * 10.0 + 0.5);
  int hours = (int) (tenths / 36000);
  int minutes = (int) (tenths / 600 % 60);
  int seconds = (int) (tenths / 10 % 60);
  int tenth = (int) (tenths % 10);

  if (hours > 0)
    return g_strdup_printf ("%d:%02d:%02d.%d", hours, minutes, seconds, tenth);
  return g_strdup_printf ("%d:%02d.%d", minutes, seconds, tenth);
}

static void
show_playing (InstruTransport *self)
{
  gboolean playing = instru_player_get_playing (self->player);
  const char *name = playing ? _ ("Pause") : _ ("Play");

  gtk_button_set_icon_name (self->play_button, playing ? "media-playback-pause-symbolic"
                                                       : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play_button), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

static void
show_position (InstruTransport *self)
{
  double position_s = instru_time_axis_get_playhead (self->axis);
  g_autofree char *text = format_position (position_s);

  gtk_label_set_label (self->position_label, text);
  gtk_range_set_value (self->position_scale, position_s);
}

static void
follow_player (InstruTransport *self)
{
  instru_time_axis_follow_playhead (self->axis, instru_player_get_position_s (self->player));
}

static void
on_seek (InstruTransport *self, double time_s)
{
  instru_player_seek (self->player, time_s);
}

static gboolean
on_change_value (GtkRange *range, GtkScrollType scroll, double value, InstruTransport *self)
{
  instru_time_axis_seek (self->axis, value);
  return GDK_EVENT_STOP;
}

static void
on_volume_changed (InstruTransport *self, double value)
{
  instru_player_set_volume (self->player, value);
}

void
instru_transport_toggle (InstruTransport *self)
{
  g_return_if_fail (INSTRU_IS_TRANSPORT (self));

  if (instru_player_get_playing (self->player))
    instru_player_pause (self->player);
  else
    instru_player_play (self->player);
}

void
instru_transport_skip (InstruTransport *self, double offset_s)
{
  g_return_if_fail (INSTRU_IS_TRANSPORT (self));

  instru_time_axis_seek (self->axis, instru_time_axis_get_playhead (self->axis) + offset_s);
}

void
instru_transport_set_duration (InstruTransport *self, double duration_s)
{
  g_autofree char *text = format_position (duration_s);

  g_return_if_fail (INSTRU_IS_TRANSPORT (self));

  gtk_range_set_range (self->position_scale, 0.0, MAX (duration_s, 0.01));
  gtk_label_set_label (self->duration_label, text);
  gtk_label_set_width_chars (self->position_label, (int) strlen (text));
}

void
instru_transport_connect (InstruTransport *self, InstruPlayer *player, InstruTimeAxis *axis)
{
  g_return_if_fail (INSTRU_IS_TRANSPORT (self));
  g_return_if_fail (self->player == NULL);

  self->player = g_object_ref (player);
  self->axis = g_object_ref (axis);
  gtk_scale_button_set_value (self->volume_button, instru_player_get_volume (player));

  g_signal_connect_object (player, "notify::playing", G_CALLBACK (show_playing), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::position-s", G_CALLBACK (follow_player), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (axis, "playhead-changed", G_CALLBACK (show_position), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (axis, "seek", G_CALLBACK (on_seek), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->volume_button, "value-changed", G_CALLBACK (on_volume_changed),
                           self, G_CONNECT_SWAPPED);
  show_playing (self);
  show_position (self);
}

static void
instru_transport_dispose (GObject *object)
{
  InstruTransport *self = INSTRU_TRANSPORT (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), INSTRU_TYPE_TRANSPORT);
  instru_widget_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->player);
  g_clear_object (&self->axis);
  G_OBJECT_CLASS (instru_transport_parent_class)->dispose (object);
}

static void
instru_transport_class_init (InstruTransportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = instru_transport_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/instrunet/InstruNet/ui/transport.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, InstruTransport, play_button);
  gtk_widget_class_bind_template_child (widget_class, InstruTransport, position_label);
  gtk_widget_class_bind_template_child (widget_class, InstruTransport, position_scale);
  gtk_widget_class_bind_template_child (widget_class, InstruTransport, duration_label);
  gtk_widget_class_bind_template_child (widget_class, InstruTransport, volume_button);
  gtk_widget_class_bind_template_callback (widget_class, instru_transport_toggle);
  gtk_widget_class_bind_template_callback (widget_class, on_change_value);
}

/* What has the focus is the button inside the scale button, and it has no name of its own. */
static void
name_volume_button (InstruTransport *self)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->volume_button));

  if (button != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ ("Volume"), -1);
}

static void
instru_transport_init (InstruTransport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  name_volume_button (self);
}
