#include "hearing.h"

#include "recording-error.h"

#define BLOCK_VALUES 65536

static InstruDecoder *decoder;

InstruDecoder *
instru_hearing_get_decoder (void)
{
  g_autoptr (GError) error = NULL;

  if (decoder == NULL)
    decoder = instru_decoder_new (&error);
  g_assert_no_error (error);
  return decoder;
}

void
instru_hearing_stop (void)
{
  g_clear_pointer (&decoder, instru_decoder_free);
}

static void
read_all (InstruHearing *self)
{
  gsize n_channels = self->format.n_channels;
  g_autofree float *block = g_new (float, BLOCK_VALUES);
  gssize n;

  while ((n = instru_decoder_read (decoder, block, BLOCK_VALUES / n_channels, NULL, &self->error)) >
         0)
    {
      g_array_append_vals (self->samples, block, (guint) ((gsize) n * n_channels));
      self->n_frames += (gsize) n;
    }
}

/* After these three, a decoder may only be ended. */
static gboolean
has_failed (const GError *error)
{
  return g_error_matches (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_CRASHED) ||
         g_error_matches (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_TIMEOUT) ||
         g_error_matches (error, INSTRU_RECORDING_ERROR, INSTRU_RECORDING_ERROR_CANCELLED);
}

InstruHearing *
instru_hear_file (GFile *file, double start_s)
{
  InstruHearing *self = g_new0 (InstruHearing, 1);
  const InstruAudioTags *tags;

  self->samples = g_array_new (FALSE, FALSE, sizeof (float));
  if (instru_decoder_open (instru_hearing_get_decoder (), file, start_s, NULL, &self->error))
    {
      self->format = *instru_decoder_get_format (decoder);
      read_all (self);
    }

  tags = instru_decoder_get_tags (decoder);
  self->title = g_strdup (tags->title);
  self->codec = g_strdup (tags->codec);
  self->container = g_strdup (tags->container);
  self->warning = g_strdup (instru_decoder_get_warning (decoder));
  if (has_failed (self->error))
    instru_hearing_stop ();
  return self;
}

InstruHearing *
instru_hear (const char *path, double start_s)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return instru_hear_file (file, start_s);
}

void
instru_hearing_free (InstruHearing *self)
{
  g_clear_error (&self->error);
  g_array_unref (self->samples);
  g_free (self->title);
  g_free (self->codec);
  g_free (self->container);
  g_free (self->warning);
  g_free (self);
}
