/* The state of one recording, and the line that the list shows for it. */
#include "recording-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _InstruRecording
{
  GObject parent_instance;

  GFile *file;
  char *name;
  InstruRecordingState state;
  double progress;
  InstruAnalysis *analysis;
  GError *error;
  char *status;
};

enum
{
  PROP_0,
  PROP_NAME,
  PROP_STATE,
  PROP_PROGRESS,
  PROP_ANALYSIS,
  PROP_STATUS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (InstruRecording, instru_recording, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (InstruRecordingState,
                    instru_recording_state,
                    G_DEFINE_ENUM_VALUE (INSTRU_RECORDING_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (INSTRU_RECORDING_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (INSTRU_RECORDING_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (INSTRU_RECORDING_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (INSTRU_RECORDING_CANCELLED, "cancelled"))

static char *
describe_result (const InstruAnalysis *analysis)
{
  const InstruVerdict *verdict = instru_analysis_get_verdict (analysis);
  const char *headline = instru_verdict_get_headline (verdict);

  if (!verdict->sure)
    return g_strdup (headline);
  /* Translators: a family and its score, in the list of recordings */
  return g_strdup_printf (_ ("%s %d %%"), headline,
                          instru_verdict_get_percent (verdict, verdict->family));
}

static char *
describe_state (InstruRecording *self)
{
  switch (self->state)
    {
    case INSTRU_RECORDING_RUNNING:
      if (self->progress >= 0.0)
        return g_strdup_printf (_ ("Reading, %d %%"), (int) (100.0 * self->progress));
      return g_strdup (_ ("Reading"));
    case INSTRU_RECORDING_DONE:
      return describe_result (self->analysis);
    case INSTRU_RECORDING_FAILED:
      return g_strdup (self->error->message);
    case INSTRU_RECORDING_CANCELLED:
      return g_strdup (_ ("Cancelled"));
    case INSTRU_RECORDING_WAITING:
    default:
      return g_strdup (_ ("Waiting"));
    }
}

/* Tells of everything that may have changed, once. */
static void
change (InstruRecording *self, InstruRecordingState state, double progress)
{
  g_autofree char *status = NULL;

  g_object_freeze_notify (G_OBJECT (self));
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
  if (self->progress < progress || self->progress > progress)
    {
      self->progress = progress;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
    }

  status = describe_state (self);
  if (g_strcmp0 (self->status, status) != 0)
    {
      g_free (self->status);
      self->status = g_steal_pointer (&status);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static void
set_analysis (InstruRecording *self, InstruAnalysis *analysis)
{
  if (self->analysis == analysis)
    return;
  g_clear_pointer (&self->analysis, instru_analysis_unref);
  self->analysis = analysis != NULL ? instru_analysis_ref (analysis) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ANALYSIS]);
}

void
instru_recording_set_waiting (InstruRecording *self)
{
  g_clear_error (&self->error);
  change (self, INSTRU_RECORDING_WAITING, 0.0);
}

void
instru_recording_set_running (InstruRecording *self)
{
  change (self, INSTRU_RECORDING_RUNNING, 0.0);
}

void
instru_recording_set_partial (InstruRecording *self, InstruAnalysis *partial, double fraction)
{
  set_analysis (self, partial);
  change (self, INSTRU_RECORDING_RUNNING, fraction);
}

void
instru_recording_set_done (InstruRecording *self, InstruAnalysis *analysis)
{
  g_object_freeze_notify (G_OBJECT (self));
  set_analysis (self, analysis);
  change (self, INSTRU_RECORDING_DONE, 1.0);
  g_object_thaw_notify (G_OBJECT (self));
}

void
instru_recording_take_error (InstruRecording *self, GError *error)
{
  gboolean cancelled =
      g_error_matches (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_CANCELLED);

  g_object_freeze_notify (G_OBJECT (self));
  g_clear_error (&self->error);
  self->error = error;
  set_analysis (self, NULL);
  change (self, cancelled ? INSTRU_RECORDING_CANCELLED : INSTRU_RECORDING_FAILED, 0.0);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
instru_recording_finalize (GObject *object)
{
  InstruRecording *self = INSTRU_RECORDING (object);

  g_clear_object (&self->file);
  g_clear_pointer (&self->analysis, instru_analysis_unref);
  g_clear_error (&self->error);
  g_free (self->name);
  g_free (self->status);
  G_OBJECT_CLASS (instru_recording_parent_class)->finalize (object);
}

static void
instru_recording_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  InstruRecording *self = INSTRU_RECORDING (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_STATE:
      g_value_set_enum (value, (int) self->state);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;
    case PROP_ANALYSIS:
      g_value_set_boxed (value, self->analysis);
      break;
    case PROP_STATUS:
      g_value_set_string (value, self->status);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
instru_recording_class_init (InstruRecordingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = instru_recording_finalize;
  object_class->get_property = instru_recording_get_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, INSTRU_TYPE_RECORDING_STATE,
                                              INSTRU_RECORDING_WAITING, flags);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, -1.0, 1.0, 0.0, flags);
  properties[PROP_ANALYSIS] =
      g_param_spec_boxed ("analysis", NULL, NULL, INSTRU_TYPE_ANALYSIS, flags);
  properties[PROP_STATUS] = g_param_spec_string ("status", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
instru_recording_init (InstruRecording *self)
{
  self->status = describe_state (self);
}

InstruRecording *
instru_recording_new (GFile *file)
{
  InstruRecording *self = g_object_new (INSTRU_TYPE_RECORDING, NULL);

  self->file = g_object_ref (file);
  self->name = instru_analysis_make_display_name (file);
  return self;
}

GFile *
instru_recording_get_file (InstruRecording *self)
{
  return self->file;
}

const char *
instru_recording_get_name (InstruRecording *self)
{
  return self->name;
}

InstruRecordingState
instru_recording_get_state (InstruRecording *self)
{
  return self->state;
}

double
instru_recording_get_progress (InstruRecording *self)
{
  return self->progress;
}

InstruAnalysis *
instru_recording_get_analysis (InstruRecording *self)
{
  return self->analysis;
}

const GError *
instru_recording_get_error (InstruRecording *self)
{
  return self->error;
}

const char *
instru_recording_get_status (InstruRecording *self)
{
  return self->status;
}
