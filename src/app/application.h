/* The application: one instance, one window, one queue, one player. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INSTRU_TYPE_APPLICATION (instru_application_get_type ())
G_DECLARE_FINAL_TYPE (InstruApplication, instru_application, INSTRU, APPLICATION, AdwApplication)

InstruApplication *instru_application_new (void);

G_END_DECLS
