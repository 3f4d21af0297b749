/* instrunet-analyze: says what recordings sound like, as text, JSON or CSV, and writes their
 * reports. Reads the command line; analyze-batch.c does the work. */
#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>

#include "analyze-batch.h"
#include "facts.h"
#include "instru-config.h"
#include "pdf-report.h"
#include "terminal.h"

#define EXIT_FAILED 1
#define EXIT_USAGE  2

typedef struct
{
  char *format;
  char *pdf;
  char *model;
  int n_threads;
  double max_duration_s;
  gboolean version;
  char **files;
} Arguments;

static void
arguments_clear (Arguments *arguments)
{
  g_free (arguments->format);
  g_free (arguments->pdf);
  g_free (arguments->model);
  g_strfreev (arguments->files);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

static void
say (const char *sentence)
{
  g_autofree char *line = g_strdup_printf ("instrunet-analyze: %s\n", sentence);

  instru_terminal_complain (line);
}

static gboolean
parse_arguments (Arguments *arguments, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "format", 'f', 0, G_OPTION_ARG_STRING, &arguments->format,
      N_ ("How to print the results: text (the default), json, csv"), "text|json|csv" },
    { "pdf", 'o', 0, G_OPTION_ARG_FILENAME, &arguments->pdf,
      N_ ("Write the report to this file, or the reports into this folder"), N_ ("OUT") },
    { "model", 'm', 0, G_OPTION_ARG_FILENAME, &arguments->model,
      N_ ("Recognise with this model (.safetensors)"), N_ ("FILE") },
    { "threads", 't', 0, G_OPTION_ARG_INT, &arguments->n_threads,
      N_ ("Analyse at most N recordings at once (default: one a processor)"), N_ ("N") },
    { "max-duration", 0, 0, G_OPTION_ARG_DOUBLE, &arguments->max_duration_s,
      N_ ("Refuse recordings longer than S seconds (default: 21600)"), N_ ("S") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &arguments->version, N_ ("Print the version"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments->files, NULL,
      N_ ("FILE…") },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (
      context, _ ("Says which family of instruments plays in each recording, and measures it."));
  g_option_context_set_description (
      context, _ ("The exit status is 0, or 1 if any recording failed, or 2 for wrong usage.\n"
                  "A name that begins with “-” goes after “--”."));
  g_option_context_add_main_entries (context, entries, INSTRU_GETTEXT_DOMAIN);
  return g_option_context_parse (context, argc, argv, error);
}

static gboolean
parse_format (const char *name, InstruOutputFormat *format)
{
  static const char *const names[] = { "text", "json", "csv", NULL };

  for (int i = 0; names[i] != NULL; i++)
    if (name == NULL || g_str_equal (name, names[i]))
      {
        *format = (InstruOutputFormat) i;
        return TRUE;
      }
  return FALSE;
}

/* Returns: a sentence where the arguments make no sense, else NULL. (transfer full) */
static char *
find_mistake (const Arguments *arguments, InstruBatchOptions *options)
{
  if (!parse_format (arguments->format, &options->format))
    return g_strdup_printf (_ ("“%s” is no format: choose text, json or csv."), arguments->format);
  if (arguments->n_threads < 0 || arguments->n_threads > 1024)
    return g_strdup (_ ("--threads takes a number from 1 to 1024."));
  if (!(arguments->max_duration_s >= 0.0))
    return g_strdup (_ ("--max-duration takes a number of seconds above 0."));
  if (arguments->files == NULL)
    return g_strdup (_ ("Name at least one recording. Try --help."));
  return NULL;
}

static gboolean
is_same_file (GFile *a, GFile *b)
{
  g_autoptr (GFileInfo) info_a =
      g_file_query_info (a, G_FILE_ATTRIBUTE_ID_FILE, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autoptr (GFileInfo) info_b =
      g_file_query_info (b, G_FILE_ATTRIBUTE_ID_FILE, G_FILE_QUERY_INFO_NONE, NULL, NULL);

  if (info_a == NULL || info_b == NULL)
    return g_file_equal (a, b);
  return g_strcmp0 (g_file_info_get_attribute_string (info_a, G_FILE_ATTRIBUTE_ID_FILE),
                    g_file_info_get_attribute_string (info_b, G_FILE_ATTRIBUTE_ID_FILE)) == 0;
}

/* Gives every job the name of its report before any of them runs, so that the names do not depend
 * on which is done first. Returns: as find_mistake () */
static char *
plan_reports (GPtrArray *jobs, const char *out)
{
  g_autoptr (GFile) destination = g_file_new_for_commandline_arg (out);
  gboolean is_folder =
      g_file_query_file_type (destination, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY;
  g_autoptr (GHashTable) taken =
      g_hash_table_new_full (g_file_hash, (GEqualFunc) g_file_equal, g_object_unref, NULL);

  if (!is_folder && (jobs->len > 1 || g_str_has_suffix (out, G_DIR_SEPARATOR_S)))
    return g_strdup_printf (_ ("--pdf: there is no folder “%s” for the reports."), out);

  for (guint i = 0; i < jobs->len; i++)
    {
      InstruJob *job = g_ptr_array_index (jobs, i);

      if (!is_folder && is_same_file (destination, job->file))
        return g_strdup_printf (_ ("--pdf: “%s” is the recording itself."), out);
      job->report = is_folder ? instru_report_suggest_file_for (job->file, destination, taken)
                              : g_object_ref (destination);
    }
  return NULL;
}

/* Without a model the recordings are measured, but not recognised: only an explicit --model that
 * cannot be loaded is a failure. */
static gboolean
load_model (const char *path, InstruModel **model)
{
  g_autofree char *default_path = instru_analyzer_get_default_model_path ();
  g_autofree char *printable = instru_facts_make_printable (path != NULL ? path : default_path);
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;

  *model = instru_analyzer_load_model (path != NULL ? path : default_path, &error);
  if (*model != NULL)
    return TRUE;

  sentence = g_strdup_printf ("%s: %s", printable, error->message);
  say (sentence);
  if (path == NULL)
    say (_ ("The recordings are measured, but not recognised."));
  return path == NULL;
}

static GPtrArray *
make_jobs (char **files)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) instru_job_free);

  for (gsize i = 0; files[i] != NULL; i++)
    g_ptr_array_add (jobs, instru_job_new (files[i]));
  return jobs;
}

static int
run (const Arguments *arguments)
{
  g_autoptr (InstruModel) model = NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  InstruBatchOptions options = { .max_duration_s = arguments->max_duration_s };
  g_autofree char *mistake = find_mistake (arguments, &options);

  if (mistake == NULL)
    {
      jobs = make_jobs (arguments->files);
      if (arguments->pdf != NULL)
        mistake = plan_reports (jobs, arguments->pdf);
    }
  if (mistake != NULL)
    {
      say (mistake);
      return EXIT_USAGE;
    }
  if (!load_model (arguments->model, &model))
    return EXIT_FAILED;

  options.model = model;
  options.n_threads = arguments->n_threads > 0 ? (guint) arguments->n_threads
                                               : MIN (g_get_num_processors (), jobs->len);
  return instru_batch_run (&options, jobs);
}

int
main (int argc, char **argv)
{
  g_auto (Arguments) arguments = { .max_duration_s = 0.0 };
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (INSTRU_GETTEXT_DOMAIN, INSTRU_LOCALE_DIR);
  bind_textdomain_codeset (INSTRU_GETTEXT_DOMAIN, "UTF-8");
  textdomain (INSTRU_GETTEXT_DOMAIN);

  if (!parse_arguments (&arguments, &argc, &argv, &error))
    {
      say (error->message);
      return EXIT_USAGE;
    }
  if (arguments.version)
    {
      printf ("instrunet-analyze %s\n", INSTRU_VERSION);
      return 0;
    }
  return run (&arguments);
}
