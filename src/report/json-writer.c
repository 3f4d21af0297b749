/* A JSON writer in the order of its calls: strings are escaped as RFC 8259 asks, numbers are those
 * of number.h. */
#include "json-writer.h"

#include "number.h"

static void
append_string (GString *text, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  g_string_append_c (text, '"');
  for (const char *at = valid; *at != '\0'; at++)
    switch (*at)
      {
      case '"':
        g_string_append (text, "\\\"");
        break;
      case '\\':
        g_string_append (text, "\\\\");
        break;
      case '\n':
        g_string_append (text, "\\n");
        break;
      case '\r':
        g_string_append (text, "\\r");
        break;
      case '\t':
        g_string_append (text, "\\t");
        break;
      default:
        if ((guchar) *at < 0x20 || *at == 0x7f)
          g_string_append_printf (text, "\\u%04x", (guint) (guchar) *at);
        else
          g_string_append_c (text, *at);
      }
  g_string_append_c (text, '"');
}

/* The comma before, and the key of, the next value. */
static void
start_value (InstruJsonWriter *self, const char *key)
{
  if (self->needs_comma)
    g_string_append_c (self->text, ',');
  self->needs_comma = TRUE;

  if (key != NULL)
    {
      append_string (self->text, key);
      g_string_append_c (self->text, ':');
    }
}

void
instru_json_writer_init (InstruJsonWriter *self)
{
  self->text = g_string_new (NULL);
  self->needs_comma = FALSE;
}

char *
instru_json_writer_finish (InstruJsonWriter *self)
{
  return g_string_free (g_steal_pointer (&self->text), FALSE);
}

static void
begin (InstruJsonWriter *self, const char *key, char bracket)
{
  start_value (self, key);
  g_string_append_c (self->text, bracket);
  self->needs_comma = FALSE;
}

static void
end (InstruJsonWriter *self, char bracket)
{
  g_string_append_c (self->text, bracket);
  self->needs_comma = TRUE;
}

void
instru_json_writer_begin_object (InstruJsonWriter *self, const char *key)
{
  begin (self, key, '{');
}

void
instru_json_writer_end_object (InstruJsonWriter *self)
{
  end (self, '}');
}

void
instru_json_writer_begin_array (InstruJsonWriter *self, const char *key)
{
  begin (self, key, '[');
}

void
instru_json_writer_end_array (InstruJsonWriter *self)
{
  end (self, ']');
}

void
instru_json_writer_add_string (InstruJsonWriter *self, const char *key, const char *value)
{
  start_value (self, key);
  if (value != NULL)
    append_string (self->text, value);
  else
    g_string_append (self->text, "null");
}

void
instru_json_writer_add_boolean (InstruJsonWriter *self, const char *key, gboolean value)
{
  start_value (self, key);
  g_string_append (self->text, value ? "true" : "false");
}

void
instru_json_writer_add_integer (InstruJsonWriter *self, const char *key, guint64 value)
{
  start_value (self, key);
  g_string_append_printf (self->text, "%" G_GUINT64_FORMAT, value);
}

void
instru_json_writer_add_number (InstruJsonWriter *self, const char *key, double value, int decimals)
{
  start_value (self, key);
  if (!instru_number_append (self->text, value, decimals))
    g_string_append (self->text, "null");
}

void
instru_json_writer_add_null (InstruJsonWriter *self, const char *key)
{
  start_value (self, key);
  g_string_append (self->text, "null");
}
