import { Alert, Button, Form, Input, Select, Skeleton } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../generated/index.js';
import { ROLES, sessionOf, signIn, type Role, type Session } from './session.js';
import { beginSignIn, endSignIn, signInAgain, signInWays, type Provider, type SignInWays } from './provider-sign-in.js';

const WhoThereIs = graphql(/* GraphQL */ `
  query WhoThereIs($uscc: ID!, $withEnterprise: Boolean!) {
    departments {
      code
      name
    }
    enterprise(uscc: $uscc) @include(if: $withEnterprise) {
      uscc
      name
    }
    enterprises(first: 20) {
      nodes {
        uscc
        name
      }
    }
  }
`);

/** The way into the pages: the city's identity provider, and in development the choice of a role. */
export function SignIn({ again }: { again?: Session }): ReactNode {
  const { t } = useTranslation();
  const [ways, setWays] = useState<SignInWays | undefined>();
  const [problem, setProblem] = useState<string | undefined>();
  useEffect(() => {
    const start = async (): Promise<void> => {
      const found = await signInWays();
      if (found.provider !== null && (await endSignIn(found.provider))) return;
      setWays(found);
    };
    start().catch((error: unknown) => setProblem(String(error)));
  }, []);
  const begin = (provider: Provider): void => {
    const leads = again === undefined ? beginSignIn(provider) : signInAgain(provider);
    leads.catch((error: unknown) => setProblem(String(error)));
  };
  if (problem !== undefined && ways === undefined)
    return <Alert type="error" role="alert" title={t('signIn.failed')} description={problem} />;
  if (ways === undefined) return <Skeleton active aria-busy aria-label={t('page.loading')} />;
  const { provider, development } = ways;
  return (
    <div className="sign-in">
      {again === undefined && <h1>{t('signIn.title')}</h1>}
      {problem !== undefined && <Alert type="error" role="alert" title={t('signIn.failed')} description={problem} />}
      {provider !== null && (
        <Button type="primary" onClick={() => begin(provider)}>
          {t('signIn.withProvider')}
        </Button>
      )}
      {development !== null && <RoleChooser uscc={development.uscc} again={again} />}
      {provider === null && development === null && <Alert type="info" title={t('signIn.noWay')} />}
    </div>
  );
}

interface Chosen {
  readonly role: Role;
  readonly enterprise?: string;
  readonly otherCode?: string;
  readonly department?: string;
}

function RoleChooser({ uscc, again }: { uscc: string | null; again: Session | undefined }): ReactNode {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: WhoThereIs, variables: { uscc: uscc ?? '', withEnterprise: uscc !== null } });
  const [form] = Form.useForm<Chosen>();
  const [problem, setProblem] = useState<string | undefined>();
  const role = Form.useWatch('role', form);
  const enterprises = [
    ...(data?.enterprise == null ? [] : [data.enterprise]),
    ...(data?.enterprises?.nodes ?? []),
  ].filter((one, at, all) => all.findIndex((other) => other.uscc === one.uscc) === at);
  const departments = data?.departments ?? [];

  const enter = async ({ role, enterprise, otherCode, department }: Chosen): Promise<void> => {
    const code = role === 'ENTERPRISE' ? otherCode || enterprise : undefined;
    const office = role === 'OFFICER' ? department : undefined;
    const response = await fetch('/app/development-token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ role, uscc: code, department: office }),
    });
    const answer = (await response.json()) as { token?: string; errors?: { message: string }[] };
    if (answer.token === undefined) {
      setProblem(answer.errors?.[0]?.message ?? String(response.status));
      return;
    }
    const name =
      enterprises.find((one) => one.uscc === code)?.name ??
      departments.find((one) => one.code === office)?.name ??
      code ??
      '';
    signIn(sessionOf(answer.token, name));
  };

  return (
    <Form
      form={form}
      layout="vertical"
      onFinish={(chosen) => void enter(chosen)}
      initialValues={{ role: again?.role, enterprise: again?.uscc ?? uscc ?? undefined, department: again?.department }}
    >
      <p className="note">{t('signIn.development')}</p>
      <Form.Item name="role" label={t('signIn.role')} rules={[{ required: true, message: t('form.required') }]}>
        <Select options={ROLES.map((value) => ({ value, label: t(`enum.Role.${value}`) }))} />
      </Form.Item>
      {role === 'ENTERPRISE' && (
        <>
          <Form.Item name="enterprise" label={t('signIn.enterprise')}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              options={enterprises.map((one) => ({ value: one.uscc, label: one.name ?? one.uscc }))}
            />
          </Form.Item>
          <Form.Item name="otherCode" label={t('signIn.otherCode')}>
            <Input />
          </Form.Item>
        </>
      )}
      {role === 'OFFICER' && (
        <Form.Item
          name="department"
          label={t('signIn.department')}
          rules={[{ required: true, message: t('form.required') }]}
        >
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={departments.map((one) => ({ value: one.code, label: one.name ?? one.code }))}
          />
        </Form.Item>
      )}
      {problem !== undefined && <Alert type="error" role="alert" title={problem} />}
      <Button type="primary" htmlType="submit">
        {t('signIn.enter')}
      </Button>
    </Form>
  );
}
