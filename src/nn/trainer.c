/* A pass forwards, the loss, a pass backwards, one step of AdamW over the network's one array. */
#include "trainer.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "loss.h"
#include "pass.h"

#define ADAM_BETA_1  0.9
#define ADAM_BETA_2  0.999
#define ADAM_EPSILON 1e-8
/* Prefixes of what a checkpoint holds beside the weights. */
#define FIRST_MOMENT  "adam.first."
#define SECOND_MOMENT "adam.second."
#define AVERAGE       "average."

struct _InstruTrainer
{
  InstruNetwork *network;
  InstruTrainerOptions options;
  InstruThreadPool *pool;
  InstruPass *pass;
  float *gradient;
  float *first_moment; /* as long as the network's array, so that one layout serves all */
  float *second_moment;
  float *average; /* NULL without averaging */
  guint64 n_steps;
  guint64 random;
};

static float *
new_like_network (InstruNetwork *network)
{
  return g_new0 (float, MAX (instru_network_get_n_values (network), 1));
}

InstruTrainer *
instru_trainer_new (InstruNetwork *network, const InstruTrainerOptions *options)
{
  InstruTrainer *self = g_new0 (InstruTrainer, 1);

  self->network = network;
  self->options = *options;
  self->random = options->seed;
  self->pool = instru_thread_pool_new (options->n_threads);
  self->pass = instru_pass_new (network, options->batch_size, TRUE, self->pool);
  self->gradient = new_like_network (network);
  self->first_moment = new_like_network (network);
  self->second_moment = new_like_network (network);
  if (options->average_decay > 0.0)
    {
      self->average = new_like_network (network);
      memcpy (self->average, instru_network_get_values (network),
              instru_network_get_n_values (network) * sizeof (float));
    }
  return self;
}

void
instru_trainer_free (InstruTrainer *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->pass, instru_pass_free);
  g_clear_pointer (&self->pool, instru_thread_pool_free);
  g_free (self->gradient);
  g_free (self->first_moment);
  g_free (self->second_moment);
  g_free (self->average);
  g_free (self);
}

/* From image-major to the pass's channel-major order. */
static void
set_input (InstruTrainer *self, const float *inputs)
{
  InstruShape shape = instru_network_get_input_shape (self->network);
  gsize n_pixels = shape.height * shape.width, batch = self->options.batch_size;
  float *x = instru_pass_get_input (self->pass);

  for (gsize image = 0; image < batch; image++)
    for (gsize channel = 0; channel < shape.channels; channel++)
      memcpy (x + (channel * batch + image) * n_pixels,
              inputs + (image * shape.channels + channel) * n_pixels, n_pixels * sizeof (float));
}

static void
update_parameter (InstruTrainer *self, const InstruParameter *parameter, double learning_rate)
{
  float *values = instru_network_get_values (self->network) + parameter->offset;
  const float *gradient = self->gradient + parameter->offset;
  float *first = self->first_moment + parameter->offset;
  float *second = self->second_moment + parameter->offset;
  double bias_1 = 1.0 - pow (ADAM_BETA_1, (double) self->n_steps);
  double bias_2 = 1.0 - pow (ADAM_BETA_2, (double) self->n_steps);
  float shrink =
      parameter->decays ? (float) (1.0 - learning_rate * self->options.weight_decay) : 1.0f;
  float step = (float) (learning_rate / bias_1);
  float root = (float) (1.0 / sqrt (bias_2));
  const float beta_1 = (float) ADAM_BETA_1, beta_2 = (float) ADAM_BETA_2;
  const float rest_1 = (float) (1.0 - ADAM_BETA_1), rest_2 = (float) (1.0 - ADAM_BETA_2);
  const float epsilon = (float) ADAM_EPSILON;

  for (gsize i = 0; i < parameter->n_values; i++)
    {
      first[i] = beta_1 * first[i] + rest_1 * gradient[i];
      second[i] = beta_2 * second[i] + rest_2 * gradient[i] * gradient[i];
      values[i] = shrink * values[i] - step * first[i] / (sqrtf (second[i]) * root + epsilon);
    }
}

/* The average follows quickly at first, or it would remember the random beginning. */
static void
update_average (InstruTrainer *self)
{
  const float *values = instru_network_get_values (self->network);
  double n = (double) self->n_steps;
  float kept = (float) MIN (self->options.average_decay, (1.0 + n) / (10.0 + n));

  for (gsize i = 0; i < instru_network_get_n_values (self->network); i++)
    self->average[i] = kept * self->average[i] + (1.0f - kept) * values[i];
}

double
instru_trainer_step (InstruTrainer *self,
                     const float *inputs,
                     const float *targets,
                     double learning_rate,
                     gsize *n_correct)
{
  gsize n_outputs = instru_network_get_output_shape (self->network).channels;
  double loss;

  set_input (self, inputs);
  instru_pass_forward (self->pass, &self->random);
  loss = instru_cross_entropy (instru_pass_get_output (self->pass), targets, n_outputs,
                               self->options.batch_size,
                               instru_pass_get_output_gradient (self->pass), n_correct);
  instru_pass_backward (self->pass, self->gradient);

  self->n_steps++;
  for (gsize i = 0; i < instru_network_get_n_parameters (self->network); i++)
    {
      const InstruParameter *parameter = instru_network_get_parameter (self->network, i);

      if (parameter->offset < instru_network_get_n_trainable (self->network))
        update_parameter (self, parameter, learning_rate);
    }
  if (self->average != NULL)
    update_average (self);
  return loss;
}

guint64
instru_trainer_get_n_steps (const InstruTrainer *self)
{
  return self->n_steps;
}

const float *
instru_trainer_get_activation (const InstruTrainer *self, gsize index)
{
  return instru_pass_get_activation (self->pass, index);
}

const float *
instru_trainer_get_gradient (const InstruTrainer *self)
{
  return self->gradient;
}

const float *
instru_trainer_get_averaged_values (const InstruTrainer *self)
{
  return self->average != NULL ? self->average : instru_network_get_values (self->network);
}

/* — checkpoints — */

static void
add_copies (const InstruTrainer *self,
            InstruTensors *tensors,
            const char *prefix,
            const float *values)
{
  for (gsize i = 0; i < instru_network_get_n_parameters (self->network); i++)
    {
      const InstruParameter *parameter = instru_network_get_parameter (self->network, i);
      g_autofree char *name = g_strconcat (prefix, parameter->name, NULL);

      instru_tensors_add (tensors, name, parameter->n_dims, parameter->shape,
                          values + parameter->offset);
    }
}

gboolean
instru_trainer_save_checkpoint (InstruTrainer *self, const char *path, GError **error)
{
  g_autoptr (InstruTensors) tensors = instru_tensors_new ();
  g_autofree char *n_steps = g_strdup_printf ("%" G_GUINT64_FORMAT, self->n_steps);
  g_autofree char *random = g_strdup_printf ("%" G_GUINT64_FORMAT, self->random);

  add_copies (self, tensors, "", instru_network_get_values (self->network));
  add_copies (self, tensors, FIRST_MOMENT, self->first_moment);
  add_copies (self, tensors, SECOND_MOMENT, self->second_moment);
  if (self->average != NULL)
    add_copies (self, tensors, AVERAGE, self->average);
  instru_tensors_set_metadata (tensors, "layers", instru_network_get_text (self->network));
  instru_tensors_set_metadata (tensors, "n_steps", n_steps);
  instru_tensors_set_metadata (tensors, "random", random);
  return instru_tensors_save (tensors, path, error);
}

static gboolean
take_copies (InstruTrainer *self,
             const InstruTensors *tensors,
             const char *prefix,
             float *values,
             GError **error)
{
  for (gsize i = 0; i < instru_network_get_n_parameters (self->network); i++)
    {
      const InstruParameter *parameter = instru_network_get_parameter (self->network, i);
      g_autofree char *name = g_strconcat (prefix, parameter->name, NULL);
      const InstruTensor *tensor = instru_tensors_get (tensors, name);

      if (tensor == NULL || tensor->n_values != parameter->n_values)
        {
          g_set_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_MISMATCH,
                       _ ("The checkpoint is of another network: “%s” does not fit."), name);
          return FALSE;
        }
      memcpy (values + parameter->offset, tensor->values, tensor->n_values * sizeof (float));
    }
  return TRUE;
}

static gboolean
take_number (const InstruTensors *tensors, const char *key, guint64 *number, GError **error)
{
  const char *text = instru_tensors_get_metadata (tensors, key);

  if (text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, number, NULL))
    return TRUE;
  g_set_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_MISMATCH,
               _ ("The checkpoint does not say its “%s”."), key);
  return FALSE;
}

gboolean
instru_trainer_load_checkpoint (InstruTrainer *self, const char *path, GError **error)
{
  g_autoptr (InstruTensors) tensors = instru_tensors_load (path, error);

  return tensors != NULL && take_number (tensors, "n_steps", &self->n_steps, error) &&
         take_number (tensors, "random", &self->random, error) &&
         take_copies (self, tensors, "", instru_network_get_values (self->network), error) &&
         take_copies (self, tensors, FIRST_MOMENT, self->first_moment, error) &&
         take_copies (self, tensors, SECOND_MOMENT, self->second_moment, error) &&
         (self->average == NULL || take_copies (self, tensors, AVERAGE, self->average, error));
}
