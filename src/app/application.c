/* Owns what outlives a window's widgets, and starts what may take a while (the model, a warm
 * decoder) once the first frame is on the screen. */
#include "application.h"

#include <glib/gi18n-lib.h>

#include "about.h"
#include "analyzer.h"
#include "instru-config.h"
#include "settings.h"
#include "window.h"

#define RESOURCE_PATH "/io/github/instrunet/InstruNet"
#define MAX_WORKERS   4

struct _InstruApplication
{
  AdwApplication parent_instance;

  InstruDecoderPool *pool;
  InstruQueue *queue;
  InstruPlayer *player;
  GSettings *settings; /* nullable */
  InstruWindow *window;
  char *model_name; /* for About: its name, or why there is none */
  gboolean is_warm;
};

G_DEFINE_FINAL_TYPE (InstruApplication, instru_application, ADW_TYPE_APPLICATION)

/* — the model — */

static void
load_model (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autofree char *path = instru_analyzer_get_default_model_path ();
  GError *error = NULL;
  InstruModel *model = instru_analyzer_load_model (path, &error);

  if (model != NULL)
    g_task_return_pointer (task, model, (GDestroyNotify) instru_model_unref);
  else
    g_task_return_error (task, error);
}

static void
take_model (InstruApplication *self, InstruModel *model)
{
  const InstruModelInfo *info = instru_model_get_info (model);

  self->model_name = g_strdup_printf ("%s %s (%s)", info->name, info->version, info->sha256);
}

static void
take_model_error (InstruApplication *self, const GError *error)
{
  g_autofree char *sentence = g_strdup_printf (
      _ ("Families cannot be recognised, because the model could not be loaded: %s"),
      error->message);

  g_warning ("%s", sentence);
  self->model_name = g_strdup (error->message);
  if (self->window != NULL)
    instru_window_set_model_error (self->window, sentence);
}

/* Without a model recordings are analysed all the same; they only get no verdict. */
static void
on_model_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  InstruApplication *self = INSTRU_APPLICATION (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (InstruModel) model = g_task_propagate_pointer (G_TASK (result), &error);

  g_clear_pointer (&self->model_name, g_free);
  if (model != NULL)
    take_model (self, model);
  else
    take_model_error (self, error);
  if (self->queue != NULL)
    instru_queue_set_model (self->queue, model);
}

static void
warm (InstruApplication *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->is_warm)
    return;
  self->is_warm = TRUE;
  instru_decoder_pool_warm (self->pool);
  task = g_task_new (self, NULL, on_model_loaded, NULL);
  g_task_set_source_tag (task, warm);
  g_task_run_in_thread (task, load_model);
}

static void
on_after_paint (GdkFrameClock *clock, InstruApplication *self)
{
  g_signal_handlers_disconnect_by_func (clock, on_after_paint, self);
  warm (self);
}

/* — the window — */

static void
show_window (InstruApplication *self)
{
  if (self->window == NULL)
    {
      self->window =
          instru_window_new (ADW_APPLICATION (self), self->queue, self->player, self->settings);
      g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
    }
  gtk_window_present (GTK_WINDOW (self->window));
  if (!self->is_warm)
    g_signal_connect_object (gtk_widget_get_frame_clock (GTK_WIDGET (self->window)), "after-paint",
                             G_CALLBACK (on_after_paint), self, 0);
}

static void
instru_application_activate (GApplication *application)
{
  show_window (INSTRU_APPLICATION (application));
}

static void
instru_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  InstruApplication *self = INSTRU_APPLICATION (application);
  g_autoptr (GListStore) list = g_list_store_new (G_TYPE_FILE);

  show_window (self);
  for (int i = 0; i < n_files; i++)
    g_list_store_append (list, files[i]);
  instru_window_open_files (self->window, G_LIST_MODEL (list));
}

/* — actions — */

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  InstruApplication *self = user_data;

  instru_about_present (gtk_application_get_active_window (GTK_APPLICATION (self)),
                        self->model_name);
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  InstruApplication *self = user_data;

  if (self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
}

static void
on_show_file (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_app_info_launch_default_for_uri_async (g_variant_get_string (parameter, NULL), NULL, NULL, NULL,
                                           NULL);
}

static void
set_accel (InstruApplication *self, const char *action, const char *accel)
{
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), action,
                                         (const char *const[]){ accel, NULL });
}

static void
add_actions (InstruApplication *self)
{
  const GActionEntry entries[] = {
    { "about", on_about },
    { "quit", on_quit },
    { "show-file", on_show_file, "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  set_accel (self, "app.quit", "<Control>q");
  set_accel (self, "window.close", "<Control>w");
  set_accel (self, "win.open", "<Control>o");
  set_accel (self, "win.paste", "<Control>v");
  set_accel (self, "win.report", "<Control>r");
  set_accel (self, "win.toggle-list", "F9");
}

/* — the object — */

static void
instru_application_startup (GApplication *application)
{
  InstruApplication *self = INSTRU_APPLICATION (application);
  guint n_workers = CLAMP (g_get_num_processors () / 2, 1, MAX_WORKERS);

  G_APPLICATION_CLASS (instru_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (INSTRU_APP_ID);
  self->pool = instru_decoder_pool_new ();
  self->queue = instru_queue_new (self->pool, n_workers);
  self->player = instru_player_new (self->pool);
  self->settings = instru_settings_new ();
  add_actions (self);
}

static void
instru_application_shutdown (GApplication *application)
{
  InstruApplication *self = INSTRU_APPLICATION (application);

  if (self->queue != NULL)
    instru_queue_cancel_all (self->queue);
  g_clear_object (&self->player);
  g_clear_object (&self->queue);
  g_clear_object (&self->pool);
  g_clear_object (&self->settings);
  G_APPLICATION_CLASS (instru_application_parent_class)->shutdown (application);
}

static int
instru_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;
  g_print ("InstruNet %s\n", INSTRU_VERSION);
  return 0;
}

static void
instru_application_finalize (GObject *object)
{
  InstruApplication *self = INSTRU_APPLICATION (object);

  g_clear_weak_pointer (&self->window);
  g_free (self->model_name);
  G_OBJECT_CLASS (instru_application_parent_class)->finalize (object);
}

static void
instru_application_class_init (InstruApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = instru_application_finalize;
  application_class->startup = instru_application_startup;
  application_class->shutdown = instru_application_shutdown;
  application_class->activate = instru_application_activate;
  application_class->open = instru_application_open;
  application_class->handle_local_options = instru_application_handle_local_options;
}

static void
instru_application_init (InstruApplication *self)
{
  const GOptionEntry options[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version and exit"), NULL }, { NULL }
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[FILE…]"));
}

InstruApplication *
instru_application_new (void)
{
  return g_object_new (INSTRU_TYPE_APPLICATION, "application-id", INSTRU_APP_ID,
                       "resource-base-path", RESOURCE_PATH, "flags", G_APPLICATION_HANDLES_OPEN,
                       NULL);
}
