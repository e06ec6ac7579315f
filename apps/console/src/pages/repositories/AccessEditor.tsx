import AttributeEditor from '@cloudscape-design/components/attribute-editor';
import Select, { type SelectProps } from '@cloudscape-design/components/select';
import { repositoryPermissionSchema } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { useRepositories } from '../../api/repositories.ts';
import {
  type AccessLine,
  everyone,
  lineProblem,
  personSubject,
  teamSubject,
} from './access-lines.ts';

interface AccessEditorProps {
  readonly lines: readonly AccessLine[];
  /** Need not be named: may everything already. */
  readonly owner: string;
  readonly change: (lines: readonly AccessLine[]) => void;
}

const maximumLines = 40;

/** Whom a repository is open to, one line each. */
export function AccessEditor({ lines, owner, change }: AccessEditorProps) {
  const { t } = useTranslation();
  const subjects = useSubjects(owner);
  const all = subjects.flatMap((each) => ('options' in each ? each.options : [each]));
  const nameOf = ({ subject }: AccessLine) =>
    all.find(({ value }) => value === subject) ?? { value: subject, label: plainName(subject) };
  const set = (index: number, part: Partial<AccessLine>) =>
    change(lines.map((line, at) => (at === index ? { ...line, ...part } : line)));
  const textOf = (problem: 'accessTwice' | 'accessUnfinished') => (_: AccessLine, index: number) =>
    lineProblem(lines, index) === problem ? t(`repositories.${problem}`) : null;
  return (
    <AttributeEditor<AccessLine>
      items={lines}
      addButtonText={t('repositories.accessAdd')}
      removeButtonText={t('repositories.accessRemove')}
      removeButtonAriaLabel={(line) =>
        t('repositories.accessRemoveNamed', { name: nameOf(line).label })
      }
      empty={t('repositories.accessNobody')}
      disableAddButton={lines.length >= maximumLines}
      onAddButtonClick={() => change([...lines, { subject: '', permission: 'read' }])}
      onRemoveButtonClick={({ detail }) =>
        change(lines.filter((_, index) => index !== detail.itemIndex))
      }
      definition={[
        {
          label: t('repositories.accessWhom'),
          errorText: textOf('accessTwice'),
          // A line that was only added is not yet wrong.
          warningText: textOf('accessUnfinished'),
          control: (line, index) => (
            <Select
              options={subjects}
              selectedOption={line.subject === '' ? null : nameOf(line)}
              placeholder={t('repositories.accessChoose')}
              filteringType="auto"
              filteringPlaceholder={t('repositories.accessFind')}
              filteringAriaLabel={t('repositories.accessFind')}
              expandToViewport
              onChange={({ detail }) => set(index, { subject: detail.selectedOption.value ?? '' })}
            />
          ),
        },
        {
          label: t('repositories.accessMay'),
          control: ({ permission }, index) => (
            <Select
              options={repositoryPermissionSchema.options.map((value) => ({
                ...{ value, label: t(`repositories.permissions.${value}`) },
              }))}
              selectedOption={{
                ...{ value: permission, label: t(`repositories.permissions.${permission}`) },
              }}
              expandToViewport
              onChange={({ detail }) =>
                set(index, {
                  permission: repositoryPermissionSchema.parse(detail.selectedOption.value),
                })
              }
            />
          ),
        },
      ]}
    />
  );
}

interface Subject extends SelectProps.Option {
  readonly value: string;
  readonly label: string;
}

/** Everyone, the teams and the people of the domain. */
function useSubjects(owner: string): (Subject | { label: string; options: Subject[] })[] {
  const { t } = useTranslation();
  const { teams = [], people = [] } = useRepositories().data?.choices ?? {};
  return [
    { value: everyone, label: t('repositories.everyone') },
    {
      label: t('repositories.teams'),
      options: teams.map((team) => ({
        ...{ value: teamSubject(team), label: t('repositories.team', { team }) },
      })),
    },
    {
      label: t('repositories.people'),
      options: people
        .filter(({ profileName }) => profileName !== owner)
        .map(({ profileName, displayName, team }) => ({
          ...{ value: personSubject(profileName), label: `${displayName} (${profileName})` },
          description: t('repositories.team', { team }),
        })),
    },
  ];
}

/** Of somebody whom the domain no longer has, or does not show. */
function plainName(subject: string): string {
  return subject.slice(subject.indexOf(':') + 1);
}
