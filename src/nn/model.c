/* A model file to and from a network with what it says of itself. */
#include "model.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "pass.h"

#define MAX_SIDE       1024
#define MAX_OUTPUTS    16
#define LIST_SEPARATOR "\n"

struct _InstruModel
{
  gatomicrefcount ref_count;
  InstruNetwork *network; /* folded */
  InstruTensors *tensors; /* owns the texts of info */
  InstruModelInfo info;
  GStrv outputs;
  GStrv trained_on;
};

struct _InstruModelWorkspace
{
  InstruPass *pass;
};

/* — what the file says — */

static const char *
require_text (const InstruTensors *tensors, const char *key, GError **error)
{
  const char *text = instru_tensors_get_metadata (tensors, key);

  if (text == NULL)
    g_set_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_MISMATCH,
                 _ ("The model does not say its “%s”."), key);
  return text;
}

/* A number from @minimum to @maximum; @fallback where the key is absent and NAN is not given for
 * it. */
static gboolean
read_number (const InstruTensors *tensors,
             const char *key,
             double minimum,
             double maximum,
             double fallback,
             double *number,
             GError **error)
{
  const char *text = instru_tensors_get_metadata (tensors, key);
  char *end = NULL;

  *number = fallback;
  if (text == NULL && !isnan (fallback))
    return TRUE;
  if (text != NULL)
    *number = g_ascii_strtod (text, &end);
  if (text != NULL && end != text && *end == '\0' && *number >= minimum && *number <= maximum)
    return TRUE;

  g_set_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_MISMATCH,
               _ ("The model's “%s” is not a number that makes sense."), key);
  return FALSE;
}

static gboolean
check_versions (const InstruTensors *tensors, const char *expected_front_end, GError **error)
{
  const char *format = require_text (tensors, "format_version", error);
  const char *front_end = format != NULL ? require_text (tensors, "front_end", error) : NULL;

  if (format == NULL || front_end == NULL)
    return FALSE;
  if (!g_str_equal (format, INSTRU_MODEL_FORMAT_VERSION))
    {
      g_set_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_MISMATCH,
                   _ ("The model has format version %s; this program reads version %s."), format,
                   INSTRU_MODEL_FORMAT_VERSION);
      return FALSE;
    }
  if (expected_front_end != NULL && !g_str_equal (front_end, expected_front_end))
    {
      g_set_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_MISMATCH,
                   _ ("The model was made for the front end “%s”; this program's is “%s”."),
                   front_end, expected_front_end);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_info (InstruModel *self, GError **error)
{
  InstruModelInfo *info = &self->info;
  const char *outputs, *trained_on;
  double n_bands, n_frames;

  if ((info->name = require_text (self->tensors, "name", error)) == NULL ||
      (info->version = require_text (self->tensors, "version", error)) == NULL ||
      (info->training_summary = require_text (self->tensors, "training_summary", error)) == NULL ||
      (info->accuracy_summary = require_text (self->tensors, "accuracy_summary", error)) == NULL ||
      (outputs = require_text (self->tensors, "outputs", error)) == NULL ||
      (trained_on = require_text (self->tensors, "trained_on", error)) == NULL)
    return FALSE;

  if (!read_number (self->tensors, "n_bands", 1, MAX_SIDE, NAN, &n_bands, error) ||
      !read_number (self->tensors, "n_frames", 1, MAX_SIDE, NAN, &n_frames, error) ||
      !read_number (self->tensors, "temperature", 0.01, 100, NAN, &info->temperature, error) ||
      !read_number (self->tensors, "sure_threshold", 0, 1, NAN, &info->sure_threshold, error) ||
      !read_number (self->tensors, "none_threshold", 0, 1, 1.0, &info->none_threshold, error) ||
      !read_number (self->tensors, "energy_threshold", -1e6, 1e6, -INFINITY,
                    &info->energy_threshold, error))
    return FALSE;

  self->outputs = g_strsplit (outputs, LIST_SEPARATOR, MAX_OUTPUTS + 1);
  self->trained_on = g_strsplit (trained_on, LIST_SEPARATOR, -1);
  info->n_outputs = g_strv_length (self->outputs);
  info->outputs = (const char *const *) self->outputs;
  info->trained_on = (const char *const *) self->trained_on;
  info->n_bands = (gsize) n_bands;
  info->n_frames = (gsize) n_frames;
  info->sha256 = instru_tensors_get_sha256 (self->tensors);
  return TRUE;
}

static gboolean
read_network (InstruModel *self, GError **error)
{
  const char *layers = require_text (self->tensors, "layers", error);
  InstruShape input = { 1, self->info.n_bands, self->info.n_frames };
  g_autoptr (InstruNetwork) network = NULL;
  InstruShape output;

  if (layers == NULL)
    return FALSE;
  network = instru_network_new (layers, input, 0, error);
  if (network == NULL || !instru_network_from_tensors (network, self->tensors, error))
    return FALSE;

  output = instru_network_get_output_shape (network);
  if (output.channels != self->info.n_outputs || output.height * output.width != 1 ||
      self->info.n_outputs > MAX_OUTPUTS)
    {
      g_set_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_MISMATCH,
                   _ ("The model names %zu outputs and its network gives %zu."),
                   self->info.n_outputs, output.channels);
      return FALSE;
    }
  self->info.n_parameters = instru_network_get_n_trainable (network);
  self->network = instru_network_fold_batch_norms (network);
  return TRUE;
}

InstruModel *
instru_model_load (const char *path, const char *expected_front_end, GError **error)
{
  g_autoptr (InstruModel) self = g_new0 (InstruModel, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->tensors = instru_tensors_load (path, error);
  if (self->tensors == NULL || !check_versions (self->tensors, expected_front_end, error) ||
      !read_info (self, error) || !read_network (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

InstruModel *
instru_model_ref (InstruModel *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
instru_model_unref (InstruModel *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->network, instru_network_free);
  g_clear_pointer (&self->tensors, instru_tensors_free);
  g_strfreev (self->outputs);
  g_strfreev (self->trained_on);
  g_free (self);
}

const InstruModelInfo *
instru_model_get_info (const InstruModel *self)
{
  return &self->info;
}

/* — prediction — */

InstruModelWorkspace *
instru_model_workspace_new (const InstruModel *self)
{
  InstruModelWorkspace *workspace = g_new0 (InstruModelWorkspace, 1);

  /* A pass that does not train only reads the network. */
  workspace->pass = instru_pass_new (self->network, 1, FALSE, NULL);
  return workspace;
}

void
instru_model_workspace_free (InstruModelWorkspace *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->pass, instru_pass_free);
  g_free (self);
}

void
instru_model_scale_input (const float *level_db, float *input, gsize n_values)
{
  for (gsize i = 0; i < n_values; i++)
    input[i] = level_db[i] / 40.0f + 1.0f;
}

void
instru_model_predict (const InstruModel *self,
                      InstruModelWorkspace *workspace,
                      const float *input,
                      float *logits)
{
  instru_model_scale_input (input, instru_pass_get_input (workspace->pass),
                            self->info.n_bands * self->info.n_frames);
  instru_pass_forward (workspace->pass, NULL);
  memcpy (logits, instru_pass_get_output (workspace->pass), self->info.n_outputs * sizeof (float));
}

/* — writing — */

static void
set_number (InstruTensors *tensors, const char *key, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (isfinite (number))
    instru_tensors_set_metadata (tensors, key, g_ascii_formatd (text, sizeof text, "%.6g", number));
}

static void
set_list (InstruTensors *tensors, const char *key, const char *const *list)
{
  g_autofree char *text = g_strjoinv (LIST_SEPARATOR, (GStrv) list);

  instru_tensors_set_metadata (tensors, key, text);
}

gboolean
instru_model_save (const InstruNetwork *network,
                   const float *values,
                   const InstruModelInfo *info,
                   const char *front_end,
                   const char *path,
                   GError **error)
{
  g_autoptr (InstruTensors) tensors = instru_tensors_new ();

  instru_network_to_tensors (network, values, tensors);
  instru_tensors_set_metadata (tensors, "format_version", INSTRU_MODEL_FORMAT_VERSION);
  instru_tensors_set_metadata (tensors, "front_end", front_end);
  instru_tensors_set_metadata (tensors, "name", info->name);
  instru_tensors_set_metadata (tensors, "version", info->version);
  instru_tensors_set_metadata (tensors, "layers", instru_network_get_text (network));
  instru_tensors_set_metadata (tensors, "training_summary", info->training_summary);
  instru_tensors_set_metadata (tensors, "accuracy_summary", info->accuracy_summary);
  set_list (tensors, "outputs", info->outputs);
  set_list (tensors, "trained_on", info->trained_on);
  set_number (tensors, "n_bands", (double) info->n_bands);
  set_number (tensors, "n_frames", (double) info->n_frames);
  set_number (tensors, "temperature", info->temperature);
  set_number (tensors, "sure_threshold", info->sure_threshold);
  set_number (tensors, "none_threshold", info->none_threshold);
  set_number (tensors, "energy_threshold", info->energy_threshold);
  return instru_tensors_save (tensors, path, error);
}
