/* Keeps one started decoder process in hand. Starting costs far more than opening a file, so the
 * next process is started, in a thread, at the moment that the spare is taken. */
#include "decoder-client-private.h"

struct _InstruDecoderPool
{
  GObject parent_instance;

  GMutex mutex; /* guards what follows */
  InstruDecoder *spare;
  gboolean is_warming;
};

G_DEFINE_FINAL_TYPE (InstruDecoderPool, instru_decoder_pool, G_TYPE_OBJECT)

static void
instru_decoder_pool_finalize (GObject *object)
{
  InstruDecoderPool *self = INSTRU_DECODER_POOL (object);

  g_clear_pointer (&self->spare, instru_decoder_free);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (instru_decoder_pool_parent_class)->finalize (object);
}

static void
instru_decoder_pool_class_init (InstruDecoderPoolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = instru_decoder_pool_finalize;
}

static void
instru_decoder_pool_init (InstruDecoderPool *self)
{
  g_mutex_init (&self->mutex);
}

InstruDecoderPool *
instru_decoder_pool_new (void)
{
  return g_object_new (INSTRU_TYPE_DECODER_POOL, NULL);
}

/* Owns a reference to the pool. */
static gpointer
warm_thread (gpointer data)
{
  g_autoptr (InstruDecoderPool) self = data;
  g_autoptr (GError) error = NULL;
  InstruDecoder *spare = instru_decoder_new (&error);

  /* Nobody waits for the spare; whoever takes it next meets the same error and reports it. */
  if (spare == NULL)
    g_debug ("No spare decoder: %s", error->message);

  g_mutex_lock (&self->mutex);
  self->spare = spare;
  self->is_warming = FALSE;
  g_mutex_unlock (&self->mutex);
  return NULL;
}

void
instru_decoder_pool_warm (InstruDecoderPool *self)
{
  gboolean is_needed;

  g_return_if_fail (INSTRU_IS_DECODER_POOL (self));

  g_mutex_lock (&self->mutex);
  is_needed = self->spare == NULL && !self->is_warming;
  if (is_needed)
    self->is_warming = TRUE;
  g_mutex_unlock (&self->mutex);

  if (is_needed)
    g_thread_unref (g_thread_new ("decoder-warm", warm_thread, g_object_ref (self)));
}

InstruDecoder *
instru_decoder_pool_take (InstruDecoderPool *self, GError **error)
{
  g_autoptr (InstruDecoder) decoder = NULL;

  g_return_val_if_fail (INSTRU_IS_DECODER_POOL (self), NULL);

  g_mutex_lock (&self->mutex);
  decoder = g_steal_pointer (&self->spare);
  g_mutex_unlock (&self->mutex);

  /* A spare that somebody killed in the meantime is of no use. */
  if (decoder != NULL && instru_decoder_get_pid (decoder) == NULL)
    g_clear_pointer (&decoder, instru_decoder_free);
  if (decoder == NULL)
    decoder = instru_decoder_new (error);
  if (decoder != NULL)
    instru_decoder_pool_warm (self);
  return g_steal_pointer (&decoder);
}
