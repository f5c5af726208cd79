import { Link } from '@backstage/ui';
import { useEntityPaths } from './entityPaths';

/** A service by its title, linked to its Mentorship tab. */
export function TabLink(props: { entityRef: string; title: string }) {
  const { tab } = useEntityPaths();
  return (
    <Link
      href={tab(props.entityRef)}
      weight="bold"
      variant="body-medium"
      color="primary"
      standalone
    >
      {props.title}
    </Link>
  );
}
