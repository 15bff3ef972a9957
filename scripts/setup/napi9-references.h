// Force-included when better-sqlite3 is compiled for a Node-API 9 runtime (Node 20, Electron 33).
// It keeps references to strings, which Node-API 10 allows and 9 refuses; here primitives are kept in a tagged object.
#pragma once
#undef NAPI_VERSION
#define NAPI_VERSION 9
#include <node_api.h>

static const napi_type_tag portolan_box = {0x3b0c52d7e19a4f68ULL, 0x8f7764a1c02de593ULL};

static inline napi_status portolan_create_reference(napi_env env, napi_value value, uint32_t count, napi_ref* result) {
  napi_valuetype type;
  napi_status status = napi_typeof(env, value, &type);
  if (status != napi_ok) return status;
  if (type == napi_object || type == napi_function || type == napi_symbol || type == napi_external) {
    return napi_create_reference(env, value, count, result);
  }
  napi_value box;
  if ((status = napi_create_object(env, &box)) != napi_ok) return status;
  if ((status = napi_type_tag_object(env, box, &portolan_box)) != napi_ok) return status;
  if ((status = napi_set_element(env, box, 0, value)) != napi_ok) return status;
  return napi_create_reference(env, box, count, result);
}

static inline napi_status portolan_get_reference_value(napi_env env, napi_ref reference, napi_value* result) {
  napi_status status = napi_get_reference_value(env, reference, result);
  if (status != napi_ok || *result == nullptr) return status;
  napi_valuetype type;
  if ((status = napi_typeof(env, *result, &type)) != napi_ok || type != napi_object) return status;
  bool boxed = false;
  if ((status = napi_check_object_type_tag(env, *result, &portolan_box, &boxed)) != napi_ok || !boxed) return status;
  return napi_get_element(env, *result, 0, result);
}

#define napi_create_reference portolan_create_reference
#define napi_get_reference_value portolan_get_reference_value
