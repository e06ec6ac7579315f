/**
 * Nothing runs yet: locks and half-received packs are of a Git that was killed, and would stop every
 * later push to that branch, or take space for good.
 */
export const prepareVolume = `
for repository in ./*; do
  [ -d "$repository" ] || continue
  case "$repository" in ./.new-*|./.gone-*) continue ;; esac
  rm -rf -- "$repository"/objects/tmp_objdir-* "$repository"/objects/pack/tmp_*
  find "$repository"/refs "$repository"/HEAD.lock "$repository"/packed-refs.lock \\
    -name '*.lock' -type f -delete 2>/dev/null || :
done
rm -rf -- ./.new-* ./.gone-*
`;
