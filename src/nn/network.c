/* Where each layer's numbers are, how they begin, and how they go to and from a file. */
#include "network.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "layer-text.h"
#include "random.h"

#define MAX_VALUES (50 * 1000 * 1000)

struct _InstruNetwork
{
  char *text;
  GArray *layers;     /* InstruLayer */
  GArray *parameters; /* InstruParameter */
  InstruShape input;
  float *values;
  gsize n_values;
  gsize n_trainable;
};

/* Appends one named piece and returns where it begins. */
static gsize
add_parameter (InstruNetwork *self,
               guint layer,
               const char *name,
               gsize n_dims,
               const gsize *shape,
               gboolean decays)
{
  InstruParameter parameter = { .offset = self->n_values, .n_dims = n_dims, .decays = decays };

  g_snprintf (parameter.name, sizeof parameter.name, "%u.%s", layer, name);
  parameter.n_values = 1;
  for (gsize i = 0; i < n_dims; i++)
    {
      parameter.shape[i] = shape[i];
      parameter.n_values *= shape[i];
    }
  g_array_append_val (self->parameters, parameter);
  self->n_values += parameter.n_values;
  return parameter.offset;
}

static void
add_trainable (InstruNetwork *self, guint index)
{
  InstruLayer *layer = &g_array_index (self->layers, InstruLayer, index);
  gsize convolution[] = { layer->out.channels, layer->in.channels, layer->kernel, layer->kernel };
  gsize depthwise[] = { layer->in.channels, 1, layer->kernel, layer->kernel };
  gsize dense[] = { layer->out.channels, layer->in.channels };
  gsize channels[] = { layer->out.channels };

  layer->weight = layer->bias = INSTRU_NO_PARAMETER;
  layer->running_mean = layer->running_variance = INSTRU_NO_PARAMETER;

  if (layer->kind == INSTRU_LAYER_CONVOLUTION)
    layer->weight = add_parameter (self, index, "weight", 4, convolution, TRUE);
  else if (layer->kind == INSTRU_LAYER_DEPTHWISE)
    layer->weight = add_parameter (self, index, "weight", 4, depthwise, TRUE);
  else if (layer->kind == INSTRU_LAYER_DENSE)
    layer->weight = add_parameter (self, index, "weight", 2, dense, TRUE);
  else if (layer->kind == INSTRU_LAYER_BATCH_NORM)
    layer->weight = add_parameter (self, index, "weight", 1, channels, FALSE);

  if (layer->has_bias || layer->kind == INSTRU_LAYER_BATCH_NORM)
    layer->bias = add_parameter (self, index, "bias", 1, channels, FALSE);
}

static void
add_running (InstruNetwork *self, guint index)
{
  InstruLayer *layer = &g_array_index (self->layers, InstruLayer, index);
  gsize channels[] = { layer->out.channels };

  if (layer->kind != INSTRU_LAYER_BATCH_NORM)
    return;
  layer->running_mean = add_parameter (self, index, "running_mean", 1, channels, FALSE);
  layer->running_variance = add_parameter (self, index, "running_var", 1, channels, FALSE);
}

/* Channels are at most 65,536 and inputs 16 million, so a layer's count cannot overflow 64 bits. */
static gboolean
count_is_possible (const GArray *layers)
{
  double n_values = 0.0;

  for (guint i = 0; i < layers->len; i++)
    {
      const InstruLayer *layer = &g_array_index (layers, InstruLayer, i);
      double n_inputs = layer->kind == INSTRU_LAYER_DEPTHWISE ? 1.0 : (double) layer->in.channels;

      if (layer->kind == INSTRU_LAYER_CONVOLUTION || layer->kind == INSTRU_LAYER_DEPTHWISE ||
          layer->kind == INSTRU_LAYER_DENSE)
        n_values +=
            (double) layer->out.channels * n_inputs * (double) (layer->kernel * layer->kernel);
      n_values += 4.0 * (double) layer->out.channels;
    }
  return n_values <= MAX_VALUES;
}

static void
initialise (InstruNetwork *self, guint64 seed)
{
  for (guint i = 0; i < self->layers->len; i++)
    {
      const InstruLayer *layer = &g_array_index (self->layers, InstruLayer, i);
      gsize n_inputs = layer->kernel * layer->kernel *
                       (layer->kind == INSTRU_LAYER_DEPTHWISE ? 1 : layer->in.channels);
      gsize n_weights = layer->out.channels * n_inputs;
      double spread = sqrt (2.0 / (double) n_inputs);

      if (layer->kind == INSTRU_LAYER_BATCH_NORM)
        for (gsize c = 0; c < layer->out.channels; c++)
          self->values[layer->weight + c] = self->values[layer->running_variance + c] = 1.0f;
      else if (layer->weight != INSTRU_NO_PARAMETER)
        for (gsize k = 0; k < n_weights; k++)
          self->values[layer->weight + k] = (float) (spread * instru_random_normal (&seed));
    }
}

/* Takes @layers, whose shapes are set. */
static InstruNetwork *
new_from_layers (GArray *layers, InstruShape input, const char *text)
{
  InstruNetwork *self = g_new0 (InstruNetwork, 1);

  self->layers = layers;
  self->input = input;
  self->text = g_strdup (text);
  self->parameters = g_array_new (FALSE, TRUE, sizeof (InstruParameter));
  for (guint i = 0; i < layers->len; i++)
    add_trainable (self, i);
  self->n_trainable = self->n_values;
  for (guint i = 0; i < layers->len; i++)
    add_running (self, i);
  self->values = g_new0 (float, MAX (self->n_values, 1));
  return self;
}

InstruNetwork *
instru_network_new (const char *text, InstruShape input, guint64 seed, GError **error)
{
  g_autoptr (GArray) layers = instru_layers_parse (text, error);
  InstruNetwork *self;

  if (layers == NULL || !instru_layers_set_shapes (layers, input, error))
    return NULL;
  if (!count_is_possible (layers))
    {
      g_set_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_MISMATCH,
                   _ ("The network has more than %d million numbers."), MAX_VALUES / 1000000);
      return NULL;
    }

  self = new_from_layers (g_steal_pointer (&layers), input, text);
  initialise (self, seed);
  return self;
}

void
instru_network_free (InstruNetwork *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_array_unref (self->layers);
  g_array_unref (self->parameters);
  g_free (self->values);
  g_free (self);
}

const char *
instru_network_get_text (const InstruNetwork *self)
{
  return self->text;
}

gsize
instru_network_get_n_layers (const InstruNetwork *self)
{
  return self->layers->len;
}

const InstruLayer *
instru_network_get_layer (const InstruNetwork *self, gsize index)
{
  g_return_val_if_fail (index < self->layers->len, NULL);

  return &g_array_index (self->layers, InstruLayer, index);
}

InstruShape
instru_network_get_input_shape (const InstruNetwork *self)
{
  return self->input;
}

InstruShape
instru_network_get_output_shape (const InstruNetwork *self)
{
  return g_array_index (self->layers, InstruLayer, self->layers->len - 1).out;
}

float *
instru_network_get_values (InstruNetwork *self)
{
  return self->values;
}

gsize
instru_network_get_n_values (const InstruNetwork *self)
{
  return self->n_values;
}

gsize
instru_network_get_n_trainable (const InstruNetwork *self)
{
  return self->n_trainable;
}

gsize
instru_network_get_n_parameters (const InstruNetwork *self)
{
  return self->parameters->len;
}

const InstruParameter *
instru_network_get_parameter (const InstruNetwork *self, gsize index)
{
  g_return_val_if_fail (index < self->parameters->len, NULL);

  return &g_array_index (self->parameters, InstruParameter, index);
}

double
instru_network_get_flop (const InstruNetwork *self)
{
  double flop = 0.0;

  for (guint i = 0; i < self->layers->len; i++)
    {
      const InstruLayer *layer = &g_array_index (self->layers, InstruLayer, i);
      double n_outputs = (double) (layer->out.channels * layer->out.height * layer->out.width);
      double n_taps = (double) (layer->kernel * layer->kernel);

      if (layer->kind == INSTRU_LAYER_CONVOLUTION || layer->kind == INSTRU_LAYER_DENSE)
        flop += 2.0 * n_outputs * n_taps * (double) layer->in.channels;
      else if (layer->kind == INSTRU_LAYER_DEPTHWISE)
        flop += 2.0 * n_outputs * n_taps;
    }
  return flop;
}

void
instru_network_to_tensors (const InstruNetwork *self, const float *values, InstruTensors *tensors)
{
  if (values == NULL)
    values = self->values;
  for (guint i = 0; i < self->parameters->len; i++)
    {
      const InstruParameter *parameter = &g_array_index (self->parameters, InstruParameter, i);

      instru_tensors_add (tensors, parameter->name, parameter->n_dims, parameter->shape,
                          values + parameter->offset);
    }
}

static gboolean
tensor_matches (const InstruTensor *tensor, const InstruParameter *parameter)
{
  return tensor != NULL && tensor->n_dims == parameter->n_dims &&
         memcmp (tensor->shape, parameter->shape, parameter->n_dims * sizeof (gsize)) == 0;
}

gboolean
instru_network_from_tensors (InstruNetwork *self, const InstruTensors *tensors, GError **error)
{
  if (instru_tensors_get_n (tensors) != self->parameters->len)
    {
      g_set_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_MISMATCH,
                   _ ("The file holds %zu tensors where its network has %u."),
                   instru_tensors_get_n (tensors), self->parameters->len);
      return FALSE;
    }

  for (guint i = 0; i < self->parameters->len; i++)
    {
      const InstruParameter *parameter = &g_array_index (self->parameters, InstruParameter, i);
      const InstruTensor *tensor = instru_tensors_get (tensors, parameter->name);

      if (!tensor_matches (tensor, parameter))
        {
          g_set_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_MISMATCH,
                       _ ("The tensor “%s” is missing or has a wrong shape."), parameter->name);
          return FALSE;
        }
      memcpy (self->values + parameter->offset, tensor->values, tensor->n_values * sizeof (float));
    }
  return TRUE;
}

/* — folding — */

/* Whether a residual further on needs what goes into the layer. */
static gboolean
input_is_needed (const GArray *layers, guint index)
{
  for (guint i = index + 1; i < layers->len; i++)
    {
      const InstruLayer *layer = &g_array_index (layers, InstruLayer, i);

      if (layer->kind == INSTRU_LAYER_RESIDUAL && i - layer->skip == index)
        return TRUE;
    }
  return FALSE;
}

static gboolean
folds (const GArray *layers, guint index)
{
  return index > 0 && g_array_index (layers, InstruLayer, index).kind == INSTRU_LAYER_BATCH_NORM &&
         g_array_index (layers, InstruLayer, index - 1).kind == INSTRU_LAYER_CONVOLUTION &&
         !input_is_needed (layers, index);
}

/* The layers without the batch norms that fold; residuals reach back over fewer layers. */
static GArray *
drop_folded (const GArray *layers)
{
  GArray *kept = g_array_new (FALSE, TRUE, sizeof (InstruLayer));

  for (guint i = 0; i < layers->len; i++)
    {
      InstruLayer layer = g_array_index (layers, InstruLayer, i);

      if (folds (layers, i))
        continue;
      if (layer.kind == INSTRU_LAYER_RESIDUAL)
        for (guint k = i - (guint) layer.skip; k < i; k++)
          layer.skip -= folds (layers, k) ? 1 : 0;
      if (i + 1 < layers->len && folds (layers, i + 1))
        layer.has_bias = TRUE;
      g_array_append_val (kept, layer);
    }
  return kept;
}

/* y = γ (x − μ) / σ + β of a convolution is the same convolution with other weights and bias. */
static void
fold_one (const InstruNetwork *self,
          const InstruLayer *convolution,
          const InstruLayer *norm,
          const InstruLayer *folded,
          float *values)
{
  gsize n_taps = convolution->in.channels * convolution->kernel * convolution->kernel;

  for (gsize c = 0; c < convolution->out.channels; c++)
    {
      float deviation =
          sqrtf (self->values[norm->running_variance + c] + INSTRU_BATCH_NORM_EPSILON);
      float scale = self->values[norm->weight + c] / deviation;
      float bias = convolution->has_bias ? self->values[convolution->bias + c] : 0.0f;

      for (gsize k = 0; k < n_taps; k++)
        values[folded->weight + c * n_taps + k] =
            scale * self->values[convolution->weight + c * n_taps + k];
      values[folded->bias + c] =
          scale * (bias - self->values[norm->running_mean + c]) + self->values[norm->bias + c];
    }
}

/* Copies what a layer that did not fold has. */
static void
copy_layer (const InstruNetwork *self, const InstruLayer *from, InstruNetwork *to, guint index)
{
  for (guint i = 0; i < self->parameters->len; i++)
    {
      const InstruParameter *parameter = &g_array_index (self->parameters, InstruParameter, i);
      const InstruLayer *layer = &g_array_index (to->layers, InstruLayer, index);
      gsize destination = parameter->offset == from->weight             ? layer->weight
                          : parameter->offset == from->bias             ? layer->bias
                          : parameter->offset == from->running_mean     ? layer->running_mean
                          : parameter->offset == from->running_variance ? layer->running_variance
                                                                        : INSTRU_NO_PARAMETER;

      if (destination != INSTRU_NO_PARAMETER)
        memcpy (to->values + destination, self->values + parameter->offset,
                parameter->n_values * sizeof (float));
    }
}

InstruNetwork *
instru_network_fold_batch_norms (const InstruNetwork *self)
{
  InstruNetwork *folded = new_from_layers (drop_folded (self->layers), self->input, self->text);
  guint index = 0;

  for (guint i = 0; i < self->layers->len; i++)
    {
      const InstruLayer *layer = &g_array_index (self->layers, InstruLayer, i);

      if (folds (self->layers, i))
        continue;
      if (i + 1 < self->layers->len && folds (self->layers, i + 1))
        fold_one (self, layer, &g_array_index (self->layers, InstruLayer, i + 1),
                  &g_array_index (folded->layers, InstruLayer, index), folded->values);
      else
        copy_layer (self, layer, folded, index);
      index++;
    }
  return folded;
}
