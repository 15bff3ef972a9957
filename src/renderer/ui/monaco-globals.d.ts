interface Window {
  MonacoEnvironment?: { readonly getWorker: (moduleId: string, label: string) => Worker };
}
