// The offer to read the firewall's rules with permission, where they may not be read without.
import { Button } from '@fluentui/react-components';
import { Icon } from '../parts/icons';
import { useTextStyles } from '../parts/text-styles';
import { useWindow } from '../store';
import { words } from '../words';

export function LookButton() {
  const text = useTextStyles();
  const look = useWindow((state) => state.look);
  const isChecking = useWindow((state) => state.isChecking);
  return (
    <div className={text.tight}>
      <div>
        <Button icon={<Icon name="lock" />} disabledFocusable={isChecking} onClick={() => void look()}>
          {words.check.look}
        </Button>
      </div>
      <p className={text.quiet}>{words.check.lookWhy}</p>
    </div>
  );
}
