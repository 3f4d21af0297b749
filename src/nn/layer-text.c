/* Reads the words of a network's text. The text may come from a file, so every number has a limit
 * and nothing is multiplied unchecked. */
#include "layer-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_LAYERS      64
#define MAX_CHANNELS    65536
#define MAX_SIDE        4096
#define MAX_ACTIVATIONS (16 * 1000 * 1000)
/* Characters of a wrong word in a message. */
#define MAX_SHOWN 60

static gboolean
refuse (GError **error, const char *word)
{
  g_autofree char *shown = g_utf8_substring (word, 0, MIN (g_utf8_strlen (word, -1), MAX_SHOWN));

  g_set_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_MISMATCH,
               _ ("The network's layer “%s” is not one that this program knows."), shown);
  return FALSE;
}

static gboolean
parse_count (const char *text, guint64 max, gsize *count)
{
  guint64 value;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 1, max, &value, NULL))
    return FALSE;
  *count = (gsize) value;
  return TRUE;
}

/* "/2" and "nobias", after the layer's own number. */
static gboolean
parse_options (InstruLayer *layer, char **options)
{
  for (; *options != NULL; options++)
    {
      if (g_str_equal (*options, "/2"))
        layer->stride = 2;
      else if (g_str_equal (*options, "nobias") && layer->kind == INSTRU_LAYER_CONVOLUTION)
        layer->has_bias = FALSE;
      else
        return FALSE;
    }
  return TRUE;
}

static gboolean
parse_convolution (InstruLayer *layer, gsize kernel, char **words)
{
  layer->kind = INSTRU_LAYER_CONVOLUTION;
  layer->kernel = kernel;
  layer->has_bias = TRUE;
  return parse_count (words[1], MAX_CHANNELS, &layer->out.channels) &&
         parse_options (layer, words + 2);
}

static gboolean
parse_plain (InstruLayer *layer, char **words)
{
  static const struct
  {
    const char *word;
    InstruLayerKind kind;
  } plain[] = {
    { "batchnorm", INSTRU_LAYER_BATCH_NORM },        { "relu", INSTRU_LAYER_RELU },
    { "maxpool2", INSTRU_LAYER_MAX_POOL },           { "avgpool", INSTRU_LAYER_AVERAGE_POOL },
    { "avgmaxpool", INSTRU_LAYER_AVERAGE_MAX_POOL }, { "flatten", INSTRU_LAYER_FLATTEN }
  };

  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    if (g_str_equal (words[0], plain[i].word))
      {
        layer->kind = plain[i].kind;
        return words[1] == NULL;
      }
  return FALSE;
}

static gboolean
parse_dropout (InstruLayer *layer, const char *text)
{
  char *end = NULL;

  layer->kind = INSTRU_LAYER_DROPOUT;
  layer->rate = text != NULL ? g_ascii_strtod (text, &end) : -1.0;
  return end != text && *end == '\0' && layer->rate >= 0.0 && layer->rate < 1.0;
}

static gboolean
parse_layer (InstruLayer *layer, char **words)
{
  *layer = (InstruLayer){ .kernel = 1, .stride = 1 };

  if (words[0] == NULL)
    return FALSE;
  if (g_str_equal (words[0], "conv3"))
    return parse_convolution (layer, 3, words);
  if (g_str_equal (words[0], "conv1"))
    return parse_convolution (layer, 1, words);
  if (g_str_equal (words[0], "depthwise3"))
    {
      layer->kind = INSTRU_LAYER_DEPTHWISE;
      layer->kernel = 3;
      return parse_options (layer, words + 1);
    }
  if (g_str_equal (words[0], "dropout"))
    return parse_dropout (layer, words[1]) && words[2] == NULL;
  if (g_str_equal (words[0], "dense"))
    {
      layer->kind = INSTRU_LAYER_DENSE;
      layer->has_bias = TRUE;
      return parse_count (words[1], MAX_CHANNELS, &layer->out.channels) && words[2] == NULL;
    }
  if (g_str_equal (words[0], "residual"))
    {
      layer->kind = INSTRU_LAYER_RESIDUAL;
      return parse_count (words[1], MAX_LAYERS, &layer->skip) && words[2] == NULL;
    }
  return parse_plain (layer, words);
}

/* The words of "conv3 20 /2", without the empty ones. */
static GStrv
split_words (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, " \t\n", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (char **part = parts; *part != NULL; part++)
    if (**part != '\0')
      g_strv_builder_add (words, *part);
  return g_strv_builder_end (words);
}

GArray *
instru_layers_parse (const char *text, GError **error)
{
  g_autoptr (GArray) layers = g_array_new (FALSE, TRUE, sizeof (InstruLayer));
  g_auto (GStrv) parts = g_strsplit (text, ",", MAX_LAYERS + 1);

  for (char **part = parts; *part != NULL; part++)
    {
      g_auto (GStrv) words = split_words (*part);
      InstruLayer layer;

      if (layers->len == MAX_LAYERS || !parse_layer (&layer, words))
        {
          refuse (error, g_strstrip (*part));
          return NULL;
        }
      g_array_append_val (layers, layer);
    }
  if (layers->len == 0)
    {
      refuse (error, "");
      return NULL;
    }
  return g_steal_pointer (&layers);
}

static gsize
count (InstruShape shape)
{
  return shape.channels * shape.height * shape.width;
}

static InstruShape
get_output_shape (const InstruLayer *layer)
{
  InstruShape in = layer->in;

  switch (layer->kind)
    {
    case INSTRU_LAYER_CONVOLUTION:
    case INSTRU_LAYER_DEPTHWISE:
      return (InstruShape){ layer->kind == INSTRU_LAYER_DEPTHWISE ? in.channels
                                                                  : layer->out.channels,
                            (in.height + layer->stride - 1) / layer->stride,
                            (in.width + layer->stride - 1) / layer->stride };
    case INSTRU_LAYER_MAX_POOL:
      return (InstruShape){ in.channels, in.height / 2, in.width / 2 };
    case INSTRU_LAYER_AVERAGE_POOL:
      return (InstruShape){ in.channels, 1, 1 };
    case INSTRU_LAYER_AVERAGE_MAX_POOL:
      return (InstruShape){ 2 * in.channels, 1, 1 };
    case INSTRU_LAYER_FLATTEN:
      return (InstruShape){ count (in), 1, 1 };
    case INSTRU_LAYER_DENSE:
      return (InstruShape){ layer->out.channels, 1, 1 };
    case INSTRU_LAYER_BATCH_NORM:
    case INSTRU_LAYER_RELU:
    case INSTRU_LAYER_DROPOUT:
    case INSTRU_LAYER_RESIDUAL:
    default:
      return in;
    }
}

static gboolean
shape_is_possible (InstruShape shape)
{
  return shape.channels > 0 && shape.height > 0 && shape.width > 0 &&
         shape.channels <= MAX_ACTIVATIONS && shape.height <= MAX_SIDE && shape.width <= MAX_SIDE &&
         count (shape) <= MAX_ACTIVATIONS;
}

/* At most 64 layers of at most 16 million each: the sum cannot overflow. */
static gboolean
sum_is_possible (const GArray *layers)
{
  gsize n_activations = 0;

  for (guint i = 0; i < layers->len; i++)
    n_activations += count (g_array_index (layers, InstruLayer, i).out);
  return n_activations <= MAX_ACTIVATIONS;
}

static gboolean
fits (const GArray *layers, guint index)
{
  const InstruLayer *layer = &g_array_index (layers, InstruLayer, index);

  if (!shape_is_possible (layer->in))
    return FALSE;
  if (layer->kind == INSTRU_LAYER_DENSE && (layer->in.height != 1 || layer->in.width != 1))
    return FALSE;
  if (layer->kind == INSTRU_LAYER_RESIDUAL)
    {
      const InstruLayer *source;

      if (layer->skip > index)
        return FALSE;
      source = &g_array_index (layers, InstruLayer, index - layer->skip);
      return memcmp (&source->in, &layer->in, sizeof (InstruShape)) == 0;
    }
  return TRUE;
}

gboolean
instru_layers_set_shapes (GArray *layers, InstruShape input, GError **error)
{
  for (guint i = 0; i < layers->len; i++)
    {
      InstruLayer *layer = &g_array_index (layers, InstruLayer, i);

      layer->in = i == 0 ? input : g_array_index (layers, InstruLayer, i - 1).out;
      if (fits (layers, i))
        layer->out = get_output_shape (layer);
      if (!fits (layers, i) || !shape_is_possible (layer->out))
        {
          g_set_error (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_MISMATCH,
                       _ ("Layer %u of the network does not fit the one before it."), i);
          return FALSE;
        }
    }
  if (sum_is_possible (layers))
    return TRUE;
  g_set_error_literal (error, INSTRU_WEIGHTS_ERROR, INSTRU_WEIGHTS_ERROR_MISMATCH,
                       _ ("The network's layers are too large."));
  return FALSE;
}
