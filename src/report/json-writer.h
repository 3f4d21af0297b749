/* Writes one JSON value on one line, key after key, without building a tree: an hour-long recording
 * has thousands of windows. The order of the calls is the order of the keys. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  GString *text;
  gboolean needs_comma;
} InstruJsonWriter;

void instru_json_writer_init (InstruJsonWriter *self);
/* Returns: (transfer full): the text; the writer is empty after it. */
char *instru_json_writer_finish (InstruJsonWriter *self);

/* @key is NULL inside an array and for the outermost value. */
void instru_json_writer_begin_object (InstruJsonWriter *self, const char *key);
void instru_json_writer_end_object (InstruJsonWriter *self);
void instru_json_writer_begin_array (InstruJsonWriter *self, const char *key);
void instru_json_writer_end_array (InstruJsonWriter *self);

/* @value: NULL gives null; bytes that are not UTF-8 become U+FFFD. */
void instru_json_writer_add_string (InstruJsonWriter *self, const char *key, const char *value);
void instru_json_writer_add_boolean (InstruJsonWriter *self, const char *key, gboolean value);
void instru_json_writer_add_integer (InstruJsonWriter *self, const char *key, guint64 value);
/* What is not finite gives null. */
void
instru_json_writer_add_number (InstruJsonWriter *self, const char *key, double value, int decimals);
void instru_json_writer_add_null (InstruJsonWriter *self, const char *key);

G_END_DECLS
