import tseslint from "typescript-eslint";

export default tseslint.config({ ignores: ["generated/", "dist/", "node_modules/", ".cache/"] }, ...tseslint.configs.recommended, {
  rules: {
    "@typescript-eslint/no-explicit-any": "error",
    "@typescript-eslint/consistent-type-imports": "error",
    eqeqeq: "error",
    "max-depth": ["error", 4],
  },
});
